package dev.ttsworker.voice.piper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.phoneme.PhonemeIds;
import dev.ttsworker.voice.Voice;
import dev.ttsworker.voice.VoiceLoader.Placement;
import dev.ttsworker.voicepack.PiperConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same on a stock voice, where it is installed; prints what it measured.
final class RealVoiceTest {
  private static final Path VOICE = Path.of("voicepacks/piper/en-us-joe-medium");
  private static final Path MODEL = VOICE.resolve("en_US-joe-medium.onnx");
  private static final float TOLERANCE = 1e-5f;
  private static final int ROUNDS = 21;
  private static final String SHORT = "ðə kwˈɪk bɹˈaʊn fˈɑːks dʒˈʌmps ˌoʊvɚ ðə lˈeɪzi dˈɑːɡ.";
  private static final String LONG =
      "jˈɛstɚdˌeɪ ˌæftɚnˈuːn ðɪʲ ˈoʊld lˈaɪthaʊs kˈiːpɚ wˈɔːkt slˈoʊliʲ ɐlˈɔŋ ðə nˈæɹoʊ stˈoʊni"
          + " pˈæθ baɪ ðə sˈiː, kˈaʊntᵻd ˈɛvɹi ʃˈɪp ðæt pˈæst ðə hˈɑːɹbɚ bᵻfˌɔːɹ ðɪʲ ˈiːvnɪŋ"
          + " fˈɑːɡ kˈeɪm ˈɪn, ænd ɹˈoʊt ˈɔːl ʌv ðɛɹ nˈeɪmz ˌɪntʊ hɪz lˈɪɾəl bˈʊk.";

  @TempDir Path folder;
  private PiperFixture fixture;

  @BeforeEach
  void needsTheVoice() {
    assumeTrue(java.nio.file.Files.exists(MODEL), () -> MODEL + " is not installed");
    fixture = new PiperFixture(folder);
  }

  @Test
  void randomWindowsJoinToTheWholeAndTheFirstSoundIsEarly() {
    PiperConfig config = PiperFixture.config(Path.of(MODEL + ".json"));
    PhonemeIds phonemeIds = new PhonemeIds(config.phonemeIds(), config.phonemeMap());
    try (CutFiles files = timed("cut or cache", () -> cut());
        StagedGraphs stages = timed("open stages", () -> open(files));
        WholeGraph whole =
            timed("open whole", () -> new WholeGraph(fixture.runtime.loadOnCpu(MODEL)))) {
      for (String sentence : List.of(SHORT, LONG)) {
        SentenceOrder order = new SentenceOrder(phonemeIds.encode(sentence).ids(), 0, 1, 0, 0, 1);
        float[] expected = whole.speak(order, new CancelSignal());
        float largest = 0;
        for (int seed = 0; seed < 3; seed++) {
          SplittableRandom random = new SplittableRandom(seed);
          float[] joined = speak(stages.begin(order), () -> 1 + random.nextInt(120));
          largest = Math.max(largest, PiperFixture.difference(expected, joined));
          assertEquals(0, largest, TOLERANCE, "seed " + seed);
        }
        print(
            "%d ids, %.1f s: largest difference %.2e",
            order.ids().length, expected.length / 22_050f, largest);
        measure(stages, whole, order);
      }
    }
  }

  @Test
  void loads() {
    for (String load : List.of("first load", "second load")) {
      try (Voice voice =
          timed(
              load, () -> fixture.loader().load(PiperFixture.pack(VOICE, MODEL), Placement.CPU))) {
        assertTrue(voice.description().streamsWithinSegment());
      }
    }
  }

  private CutFiles cut() {
    return new CutCache(fixture.cache).open(MODEL).orElseThrow();
  }

  private StagedGraphs open(CutFiles files) {
    return StagedGraphs.open(files, 11, fixture.runtime::loadOnCpu, fixture.runtime::loadOnCpu);
  }

  private static void measure(StagedGraphs stages, WholeGraph whole, SentenceOrder order) {
    double[] first = new double[ROUNDS];
    double[] text = new double[ROUNDS];
    double[] all = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      SentenceSound sound = stages.begin(order);
      long start = System.nanoTime();
      sound.step(16, new CancelSignal());
      long read = System.nanoTime();
      sound.step(16, new CancelSignal());
      long heard = System.nanoTime();
      whole.speak(order, new CancelSignal());
      text[round] = (read - start) / 1e6;
      first[round] = (heard - read) / 1e6;
      all[round] = (System.nanoTime() - heard) / 1e6;
    }
    double early = median(text) + median(first);
    print(
        "text %.1f ms, first flow and decoder windows %.1f ms, first sound %.1f ms; whole %.1f ms: %.1f times earlier",
        median(text), median(first), early, median(all), median(all) / early);
    stageTimes(stages, median(text), early);
  }

  /// What the first sound is made of: the flow computes 16 + 11 + 20 + 32 frames, the decoder 27.
  private static void stageTimes(StagedGraphs stages, double text, double early) {
    double[] flow = new double[ROUNDS];
    double[] decoder = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      stages.runFlow(new float[192 * 79], 79, java.util.Map.of(), new CancelSignal());
      long middle = System.nanoTime();
      stages.runDecoder(new float[192 * 27], 27, java.util.Map.of(), new CancelSignal());
      flow[round] = (middle - start) / 1e6;
      decoder[round] = (System.nanoTime() - middle) / 1e6;
    }
    double rest = early - text - median(flow) - median(decoder);
    print(
        "first sound: text %.1f ms (%.0f %%), flow %.1f ms (%.0f %%), decoder %.1f ms (%.0f %%), rest %.1f ms",
        text,
        100 * text / early,
        median(flow),
        100 * median(flow) / early,
        median(decoder),
        100 * median(decoder) / early,
        rest);
  }

  private static double median(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[i])
        .sorted()
        .toArray()[values.length / 2];
  }

  private static float[] speak(SentenceSound sound, IntSupplier windows) {
    List<float[]> parts = new ArrayList<>();
    while (!sound.isFinished()) {
      parts.add(sound.step(windows.getAsInt(), new CancelSignal()));
    }
    return PiperFixture.join(parts);
  }

  private static <T> T timed(String what, java.util.function.Supplier<T> work) {
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
