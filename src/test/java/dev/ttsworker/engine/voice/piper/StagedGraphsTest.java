package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.graph.PartitionInterface.ContextFrames;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.piper.PartitionedModel.Openers;
import dev.ttsworker.engine.voice.sentence.SentenceSound;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Windows against the whole graph, without noise.
@Tag("slow")
final class StagedGraphsTest {
  private static final float TOLERANCE = 2e-5f;
  private static final ContextFrames EXACT = new ContextFrames(32, 10, 9, 8, 256);

  @TempDir Path folder;
  private PiperFixture fixture;

  @BeforeEach
  void create() {
    fixture = new PiperFixture(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "tiny-speakers"})
  void randomWindowsJoinToTheWhole(String name) {
    Voicepack pack = fixture.install(name);
    try (PartitionedModel stages = stages(pack, EXACT);
        WholeGraph whole = whole(pack)) {
      for (int seed = 0; seed < 15; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] ids = random.longs(1 + random.nextInt(120), 0, 130).toArray();
        float length = 0.5f + random.nextFloat();
        SentenceRequest order = new SentenceRequest(ids, 0, length, 0, seed % 3, 0);
        float[] expected = whole.speak(order, new CancellationToken());
        int largest = 1 + random.nextInt(140);
        float[] joined = speak(stages.begin(order), () -> Pace.of(1 + random.nextInt(largest)));
        assertEquals(0, Renderings.difference(expected, joined), TOLERANCE, "seed " + seed);
      }
    }
  }

  /// Whatever the schedule, a call with a seed is the same, to the bit.
  @ParameterizedTest
  @ValueSource(strings = {"tiny", "tiny-speakers"})
  void samplesDoNotDependOnWindowsAndThreads(String name) {
    try (PartitionedModel stages = stages(fixture.install(name), EXACT)) {
      for (int seed = 0; seed < 10; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] ids = random.longs(1 + random.nextInt(200), 0, 130).toArray();
        SentenceRequest order = new SentenceRequest(ids, 0.667f, 1, 0.8f, seed % 3, seed);
        float[] even = speak(stages.begin(order), () -> Pace.of(16));
        int largest = 1 + random.nextInt(128);
        float[] uneven =
            speak(
                stages.begin(order),
                () -> new Pace(1 + random.nextInt(largest), 1 + random.nextInt(2)));
        assertArrayEquals(even, uneven, "seed " + seed);
      }
    }
  }

  @Test
  void lessContextIsNoticed() {
    Voicepack pack = fixture.install("tiny");
    PiperConfig config = PiperFixture.config(pack.files().orElseThrow().modelConfig());
    try (PartitionedModel enough = stages(pack, EXACT);
        PartitionedModel less = stages(pack, new ContextFrames(32, 9, 9, 8, 256));
        PartitionedModel little = stages(pack, new ContextFrames(32, 10, 1, 8, 256));
        WholeGraph whole = whole(pack)) {
      assertTrue(PartitionCheck.difference(enough, whole, config) < TOLERANCE);
      assertTrue(PartitionCheck.difference(less, whole, config) > TOLERANCE);
      assertTrue(
          PartitionCheck.difference(little, whole, config) > PartitionCheck.LARGEST_DIFFERENCE);
    }
  }

  @Test
  void stagesAlreadyOpenAreClosedWhenALaterOneFails() {
    Voicepack pack = fixture.install("tiny");
    List<Graph> opened = new ArrayList<>();
    try (PartitionFiles files = cut(pack)) {
      IllegalStateException failure = new IllegalStateException("no room");
      assertThrows(
          IllegalStateException.class,
          () ->
              PartitionedModel.open(
                  files,
                  EXACT,
                  new Openers(
                      path -> record(opened, path),
                      Map.of(
                          GraphPart.FLOW,
                          _ -> {
                            throw failure;
                          }))));
    }
    assertEquals(GraphPart.values().length, opened.size());
    for (Graph graph : opened) {
      assertThrows(
          IllegalStateException.class, () -> graph.run(Map.of(), "x", new CancellationToken()));
    }
  }

  private Graph record(List<Graph> opened, Path path) {
    Graph graph = fixture.runtime.loadOnCpu(path);
    opened.add(graph);
    return graph;
  }

  private PartitionedModel stages(Voicepack pack, ContextFrames context) {
    try (PartitionFiles files = cut(pack)) {
      return PartitionedModel.open(files, context, fixture.openers());
    }
  }

  private PartitionFiles cut(Voicepack pack) {
    return new PartitionCache(fixture.cache).open(PiperFixture.model(pack)).orElseThrow();
  }

  private WholeGraph whole(Voicepack pack) {
    return new WholeGraph(fixture.runtime.loadOnCpu(PiperFixture.model(pack)), 22_050);
  }

  private static float[] speak(SentenceSound sound, Supplier<Pace> paces) {
    List<float[]> parts = new ArrayList<>();
    while (!sound.isFinished()) {
      parts.add(sound.step(paces.get(), new CancellationToken()));
    }
    return Renderings.join(parts);
  }
}
