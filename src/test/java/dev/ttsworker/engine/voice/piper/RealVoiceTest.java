package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.g2p.PhonemeIds;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.sentence.SentenceSound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Windows of a stock voice join to its whole graph, where it is installed.
@Tag("slow")
final class RealVoiceTest {
  private static final Path VOICE = Path.of("voicepacks/piper/en-us-joe-medium");
  private static final Path MODEL = VOICE.resolve("en_US-joe-medium.onnx");
  private static final float TOLERANCE = 1e-5f;
  private static final String SHORT = "ðə kwˈɪk bɹˈaʊn fˈɑːks dʒˈʌmps ˌoʊvɚ ðə lˈeɪzi dˈɑːɡ.";
  private static final String LONG =
      "jˈɛstɚdˌeɪ ˌæftɚnˈuːn ðɪʲ ˈoʊld lˈaɪthaʊs kˈiːpɚ wˈɔːkt slˈoʊliʲ ɐlˈɔŋ ðə nˈæɹoʊ stˈoʊni"
          + " pˈæθ baɪ ðə sˈiː, kˈaʊntᵻd ˈɛvɹi ʃˈɪp ðæt pˈæst ðə hˈɑːɹbɚ bᵻfˌɔːɹ ðɪʲ ˈiːvnɪŋ"
          + " fˈɑːɡ kˈeɪm ˈɪn, ænd ɹˈoʊt ˈɔːl ʌv ðɛɹ nˈeɪmz ˌɪntʊ hɪz lˈɪɾəl bˈʊk.";

  @TempDir static Path folder;
  private static PiperFixture fixture;
  private static long[] shortIds = {};
  private static long[] longIds = {};
  private static Optional<PartitionedModel> opened = Optional.empty();

  @BeforeAll
  static void open() {
    assumeTrue(java.nio.file.Files.exists(MODEL), () -> MODEL + " is not installed");
    fixture = new PiperFixture(folder);
    PiperConfig config = PiperFixture.config(Path.of(MODEL + ".json"));
    PhonemeIds phonemeIds = new PhonemeIds(config.phonemeIds(), config.phonemeMap());
    shortIds = phonemeIds.encode(SHORT).ids();
    longIds = phonemeIds.encode(LONG).ids();
    try (PartitionFiles files = new PartitionCache(fixture.cache).open(MODEL).orElseThrow()) {
      opened =
          Optional.of(
              PartitionedModel.open(files, files.names().contextFrames(), fixture.openers()));
    }
  }

  @AfterAll
  static void close() {
    opened.ifPresent(PartitionedModel::close);
  }

  @Test
  void randomWindowsJoinToTheWhole() {
    PartitionedModel stages = opened.orElseThrow();
    try (WholeGraph whole = new WholeGraph(fixture.runtime.loadOnCpu(MODEL), 22_050)) {
      for (long[] ids : List.of(shortIds, longIds)) {
        SentenceRequest request = new SentenceRequest(ids, 0, 1, 0, 0, 1);
        SplittableRandom random = new SplittableRandom(ids.length);
        float[] expected = whole.speak(request, new CancellationToken());
        float[] joined = speak(stages.begin(request), () -> Pace.of(1 + random.nextInt(120)));
        assertEquals(0, Renderings.difference(expected, joined), TOLERANCE);
      }
    }
  }

  @Test
  void samplesDoNotDependOnWindowsAndThreads() {
    PartitionedModel stages = opened.orElseThrow();
    SplittableRandom random = new SplittableRandom(1);
    SentenceRequest request = new SentenceRequest(shortIds, 0.667f, 1, 0.8f, 0, 1);
    float[] even = speak(stages.begin(request), () -> Pace.of(64));
    float[] uneven =
        speak(
            stages.begin(request), () -> new Pace(1 + random.nextInt(128), 1 + random.nextInt(2)));
    assertArrayEquals(even, uneven);
  }

  private static float[] speak(SentenceSound sound, Supplier<Pace> paces) {
    List<float[]> parts = new ArrayList<>();
    while (!sound.isFinished()) {
      parts.add(sound.step(paces.get(), new CancellationToken()));
    }
    return Renderings.join(parts);
  }
}
