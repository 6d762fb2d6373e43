package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.LongTensor;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.engine.voice.sentence.SentenceReader;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sentences that are said with more phoneme numbers than one run of the text stage takes.
@Tag("slow")
final class DividedSentenceTest {
  private static final String LONG = "sˈɛvən mˈɪljən, sˈɛvənhˈʌndɹɪd ænd ".repeat(30) + "wˈʌn.";
  private static final List<String> WORDS = Arrays.asList(LONG.split(" "));

  @TempDir static Path folder;
  private static PiperFixture fixture;
  private static Voicepack pack;
  private static VoiceModel voice;

  @BeforeAll
  static void load() {
    fixture = new PiperFixture(folder);
    pack = fixture.install("tiny");
    voice = fixture.load(pack);
  }

  @AfterAll
  static void close() {
    voice.close();
  }

  /// Notes how many phoneme numbers each run is given.
  private static final class Noting implements InferenceRuntime {
    private final InferenceRuntime runtime = PiperFixture.cpu();
    final List<Integer> lengths = new ArrayList<>();

    @Override
    public Device device() {
      return runtime.device();
    }

    @Override
    public int cpuThreads() {
      return runtime.cpuThreads();
    }

    @Override
    public boolean saturates() {
      return runtime.saturates();
    }

    @Override
    public DeviceShapes shapes() {
      return runtime.shapes();
    }

    @Override
    public String version() {
      return runtime.version();
    }

    @Override
    public int loadedGraphs() {
      return runtime.loadedGraphs();
    }

    @Override
    public int borrowedBuffers() {
      return runtime.borrowedBuffers();
    }

    @Override
    public Graph loadOnCpu(Path model) {
      return noting(runtime.loadOnCpu(model));
    }

    @Override
    public Graph loadUrgent(Path model) {
      return noting(runtime.loadUrgent(model));
    }

    @Override
    public void optimize(Path model, Path target) {
      runtime.optimize(model, target);
    }

    @Override
    public Graph loadOnAccelerator(Path model, int id, Nodes nodes, long memoryLimitBytes) {
      return runtime.loadOnAccelerator(model, id, nodes, memoryLimitBytes);
    }

    @Override
    public long acceleratorMemoryBytes() {
      return runtime.acceleratorMemoryBytes();
    }

    private Graph noting(Graph graph) {
      return new Graph() {
        @Override
        public Set<String> inputNames() {
          return graph.inputNames();
        }

        @Override
        public Set<String> outputNames() {
          return graph.outputNames();
        }

        @Override
        public Map<String, FloatTensor> run(
            Map<String, Tensor> inputs, Set<String> outputNames, CancellationToken cancel) {
          if (inputs.get("input") instanceof LongTensor ids) {
            lengths.add(ids.values().length);
          }
          return graph.run(inputs, outputNames, cancel);
        }

        @Override
        public <T> T run(
            Map<String, Tensor> inputs,
            String outputName,
            long[] outputShape,
            CancellationToken cancel,
            Function<FloatBuffer, T> reader) {
          return graph.run(inputs, outputName, outputShape, cancel, reader);
        }

        @Override
        public void close() {
          graph.close();
        }
      };
    }
  }

  @Test
  void noRunOfTheTextStageIsLonger() {
    Noting runtime = new Noting();
    PiperFixture noting = new PiperFixture(folder, runtime);
    try (VoiceModel cut = noting.load(pack)) {
      runtime.lengths.clear();
      float[] samples = speak(cut, LONG, 5, () -> 64);
      assertTrue(samples.length > 0);
      assertTrue(runtime.lengths.size() > 5, runtime.lengths::toString);
      assertTrue(runtime.lengths.stream().allMatch(n -> n <= PiperFrontend.RUNS.longest()));
    }
    try (VoiceModel whole = whole(noting)) {
      runtime.lengths.clear();
      float[] _ = speak(whole, LONG, 5, () -> 64);
      assertTrue(runtime.lengths.size() > 5, runtime.lengths::toString);
      assertTrue(runtime.lengths.stream().allMatch(n -> n <= PiperFrontend.RUNS.longest()));
    }
  }

  @Test
  void samplesDoNotDependOnWindows() {
    float[] expected = speak(voice, LONG, 5, () -> 64);
    SplittableRandom random = new SplittableRandom(0);
    assertArrayEquals(expected, speak(voice, LONG, 5, () -> 1 + random.nextInt(128)));
  }

  @Test
  void wordsAreExactAndKnownWithTheirSound() {
    List<WordTiming> placed = words(voice, LONG, WORDS);
    assertEquals(bare(WORDS), placed.stream().map(WordTiming::text).toList());
    assertTrue(placed.stream().allMatch(WordTiming::exact));
    assertInOrder(placed);
    try (VoiceModel whole = whole(fixture)) {
      List<WordTiming> estimated = words(whole, LONG, WORDS);
      assertEquals(bare(WORDS), estimated.stream().map(WordTiming::text).toList());
      assertInOrder(estimated);
    }
  }

  /// The end of such a word would have to be read before its beginning is heard.
  @Test
  void endOfAWordWithoutEndIsEstimated() {
    String word = "sˈɛvən".repeat(200);
    List<String> words = List.of("wˈʌn", word, "tˈuː.");
    List<WordTiming> placed = words(voice, String.join(" ", words), words);
    assertEquals(List.of(true, false, true), placed.stream().map(WordTiming::exact).toList());
    assertInOrder(placed);
  }

  @Test
  void moreThanAnHourIsRefused() {
    WorkerException thrown =
        assertThrows(
            WorkerException.class,
            () -> speak(voice, "a".repeat(SentenceReader.MOST_IDS), 5, () -> 64));
    assertEquals(ErrorCode.TEXT_TOO_LONG, thrown.code());
  }

  private static void assertInOrder(List<WordTiming> placed) {
    long end = 0;
    for (WordTiming word : placed) {
      assertTrue(word.start() >= end, placed::toString);
      end = word.end();
    }
  }

  private static VoiceModel whole(PiperFixture fixture) {
    return fixture.wholeLoader().load(pack, Placement.CPU);
  }

  private static List<WordTiming> words(VoiceModel voice, String text, List<String> words) {
    List<SpokenWord> asked = words.stream().map(word -> new SpokenWord(word, 0, 1)).toList();
    Rendering rendering =
        voice.render(
            text,
            new WordTimingRequest(asked, false),
            VoiceSettings.DEFAULTS,
            new SplittableRandom(5));
    List<WordTiming> placed = new ArrayList<>();
    long samples = 0;
    while (!rendering.isFinished()) {
      float[] made = rendering.step(Pace.of(64), new CancellationToken());
      for (WordTiming word : rendering.takeWords()) {
        assertTrue(word.start() >= samples, "told after it was heard");
        placed.add(word);
      }
      samples += made.length;
    }
    assertTrue(placed.getLast().end() <= samples);
    return placed;
  }

  private static float[] speak(VoiceModel voice, String text, long seed, IntSupplier windows) {
    return Renderings.speak(
        voice.render(text, VoiceSettings.DEFAULTS, new SplittableRandom(seed)), windows);
  }

  /// Words are given without the punctuation around them.
  private static List<String> bare(List<String> words) {
    return words.stream()
        .map(word -> new SpokenWord(word, 0, 1).withoutPunctuation().text())
        .toList();
  }
}
