package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.g2p.PhonemeIds;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.sentence.SentenceSound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same on a stock voice, where it is installed; prints what it measured. `-Dmeasure.rounds=21`
/// measures well and takes more seeds, rather than only see that it works.
@Tag("slow")
final class RealVoiceTest {
  private static final Path VOICE = Path.of("voicepacks/piper/en-us-joe-medium");
  private static final Path MODEL = VOICE.resolve("en_US-joe-medium.onnx");
  private static final float TOLERANCE = 1e-5f;
  private static final int ROUNDS = Integer.getInteger("measure.rounds", 1);
  private static final int SEEDS = Math.min(3, ROUNDS);
  private static final int FIRST_WINDOW = 8;
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
    try (PartitionFiles files =
        timed("cut or cache", () -> new PartitionCache(fixture.cache).open(MODEL).orElseThrow())) {
      opened =
          Optional.of(
              timed(
                  "open stages",
                  () ->
                      PartitionedModel.open(
                          files, files.names().contextFrames(), fixture.openers())));
    }
  }

  @AfterAll
  static void close() {
    opened.ifPresent(PartitionedModel::close);
  }

  @Test
  void randomWindowsJoinToTheWholeAndTheFirstSoundIsEarly() {
    PartitionedModel stages = opened.orElseThrow();
    try (WholeGraph whole =
        timed("open whole", () -> new WholeGraph(fixture.runtime.loadOnCpu(MODEL), 22_050))) {
      for (long[] ids : List.of(shortIds, longIds)) {
        SentenceRequest order = new SentenceRequest(ids, 0, 1, 0, 0, 1);
        float[] expected = whole.speak(order, new CancellationToken());
        float largest = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
          SplittableRandom random = new SplittableRandom(seed);
          float[] joined = speak(stages.begin(order), () -> Pace.of(1 + random.nextInt(120)));
          largest = Math.max(largest, PiperFixture.difference(expected, joined));
          assertEquals(0, largest, TOLERANCE, "seed " + seed);
        }
        print(
            "%d ids, %.1f s: largest difference %.2e",
            order.ids().length, expected.length / 22_050f, largest);
        if (ROUNDS > 1 || ids.length == shortIds.length) {
          measure(stages, whole, order, 1);
          measure(stages, whole, order, 2);
        }
      }
    }
  }

  @Test
  void samplesDoNotDependOnWindowsAndThreads() {
    PartitionedModel stages = opened.orElseThrow();
    for (int seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SentenceRequest order = new SentenceRequest(longIds, 0.667f, 1, 0.8f, 0, seed);
      float[] even = speak(stages.begin(order), () -> Pace.of(64));
      float[] uneven =
          speak(
              stages.begin(order), () -> new Pace(1 + random.nextInt(128), 1 + random.nextInt(2)));
      assertArrayEquals(even, uneven, "seed " + seed);
    }
  }

  @Test
  void loads() {
    assumeTrue(ROUNDS > 1, "a measurement; WindowBordersTest loads the voice");
    for (String load : List.of("first load", "second load")) {
      try (VoiceModel voice =
          timed(
              load, () -> fixture.loader().load(PiperFixture.pack(VOICE, MODEL), Placement.CPU))) {
        assertTrue(voice.description().streamsWithinSegment());
      }
    }
  }

  private static void measure(
      PartitionedModel stages, WholeGraph whole, SentenceRequest order, int threads) {
    String[] names = {"text", "flow", "head", "tail", "whole"};
    double[][] times = new double[names.length][ROUNDS];
    CancellationToken never = new CancellationToken();
    for (int round = 0; round < ROUNDS; round++) {
      SentenceSound sound = stages.begin(order);
      for (int stage = 0; stage < names.length; stage++) {
        long start = System.nanoTime();
        int made =
            stage < names.length - 1
                ? sound.step(new Pace(FIRST_WINDOW, threads), never).length
                : whole.speak(order, never).length;
        times[stage][round] = (System.nanoTime() - start) / 1e6;
        assertEquals(stage >= 3, made > 0, names[stage]);
      }
    }
    double all = median(times[4]);
    double early = IntStream.range(0, 4).mapToDouble(stage -> median(times[stage])).sum();
    StringBuilder parts = new StringBuilder();
    for (int stage = 0; stage < 4; stage++) {
      double took = median(times[stage]);
      parts.append(
          String.format(
              Locale.ROOT, "%s %.1f ms (%.0f %%), ", names[stage], took, 100 * took / early));
    }
    print(
        "%d threads: %sfirst sound %.1f ms; whole %.1f ms: %.1f times earlier",
        threads, parts, early, all, all / early);
  }

  private static double median(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[i])
        .sorted()
        .toArray()[values.length / 2];
  }

  private static float[] speak(SentenceSound sound, Supplier<Pace> paces) {
    List<float[]> parts = new ArrayList<>();
    while (!sound.isFinished()) {
      parts.add(sound.step(paces.get(), new CancellationToken()));
    }
    return PiperFixture.join(parts);
  }

  private static <T> T timed(String what, Supplier<T> work) {
    long start = System.nanoTime();
    T made = work.get();
    print("%s: %.0f ms", what, (System.nanoTime() - start) / 1e6);
    return made;
  }

  @com.google.errorprone.annotations.FormatMethod
  private static void print(String format, Object... values) {
    System.out.println("joe: " + String.format(Locale.ROOT, format, values));
  }
}
