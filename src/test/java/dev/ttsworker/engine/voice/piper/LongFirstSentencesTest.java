package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What parting the first clause gains and how it sounds, on a stock voice, where it is installed;
/// prints what it measured. The first sound has a text's way from its wording on in it. To measure
/// well, rather than only see that it works: `-Dmeasure.rounds=9`.
@Tag("slow")
final class LongFirstSentencesTest {
  private static final Path VOICE = Path.of("voicepacks/piper/en-us-joe-medium");
  private static final Path MODEL = VOICE.resolve("en_US-joe-medium.onnx");
  private static final int ROUNDS = Integer.getInteger("measure.rounds", 1);
  private static final int WARM_UP = 7 * (ROUNDS - 1);
  private static final int READINGS = Math.min(3, ROUNDS);
  private static final int WINDOW = 16;

  /// Of the sentences so few are enough to see that it works.
  private static final int SOME = 16;

  @TempDir static Path folder;
  private static EspeakPool espeak;
  private static VoiceModel voice;

  @BeforeAll
  static void load() {
    assumeTrue(Files.exists(MODEL), () -> MODEL + " is not installed");
    Path natives = Path.of(Objects.requireNonNull(System.getProperty("tts.native.directory")));
    espeak = new EspeakPool(natives, 1, Thread.ofPlatform().daemon().factory());
    PiperFixture fixture = new PiperFixture(folder, PiperFixture.cpu(1));
    voice = fixture.loader(espeak).load(PiperFixture.pack(VOICE, MODEL), Placement.CPU);
  }

  @AfterAll
  static void close() {
    if (voice != null) {
      voice.close();
      espeak.close();
    }
  }

  @Test
  void theTextStageAgainstTheLength() throws IOException {
    assumeTrue(ROUNDS > 1, "a measurement that proves nothing; asked for by measure.rounds");
    String text = String.join(" ", sentences()).replaceAll("[.,;:–]", "");
    for (int round = 0; round < WARM_UP; round++) {
      firstSound(text.substring(0, 280));
    }
    for (int length : new int[] {20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 240, 280}) {
      String start = text.substring(0, length);
      double[] millis = new double[2 * ROUNDS];
      for (int round = 0; round < millis.length; round++) {
        millis[round] = firstSound(start)[0];
      }
      print(
          "text stage of %d characters: p10 %.1f ms, p50 %.1f ms",
          length, quantile(millis, 0.1), quantile(millis, 0.5));
    }
  }

  @Test
  void mostSentencesArePartedBehindTheirFirstClause() throws IOException {
    assertEquals(
        21, sentences().stream().filter(sentence -> segments(sentence).size() > 1).count());
  }

  @Test
  void theFirstSoundOfAClauseAgainstThatOfTheSentence() throws IOException {
    assumeTrue(ROUNDS > 1, "a measurement that proves nothing; asked for by measure.rounds");
    List<String> sentences = sentences();
    double[] whole = new double[sentences.size()];
    double[] parted = new double[sentences.size()];
    int clauses = 0;
    for (int i = 0; i < whole.length; i++) {
      String first = segments(sentences.get(i)).getFirst().text();
      clauses += first.length() < sentences.get(i).length() ? 1 : 0;
      double[] before = new double[ROUNDS];
      double[] after = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        before[round] = firstSound(sentences.get(i))[1];
        after[round] = firstSound(first)[1];
      }
      whole[i] = quantile(before, 0.5);
      parted[i] = quantile(after, 0.5);
      print(
          "%d of %d characters first: first sound %.1f ms, before %.1f ms",
          first.length(), sentences.get(i).length(), parted[i], whole[i]);
    }
    print(
        "%d of %d sentences parted: first sound p50 %.1f ms, p90 %.1f ms; before p50 %.1f ms, p90 %.1f ms",
        clauses,
        whole.length,
        quantile(parted, 0.5),
        quantile(parted, 0.9),
        quantile(whole, 0.5),
        quantile(whole, 0.9));
  }

  @Test
  void thePausesAtTheBorderAreThoseOfTheSentence() throws IOException {
    List<Double> pausesWhole = new ArrayList<>();
    List<Double> pausesParted = new ArrayList<>();
    List<Double> lengths = new ArrayList<>();
    List<Double> ends = new ArrayList<>();
    List<Double> starts = new ArrayList<>();
    List<String> sentences = sentences();
    for (int i = 0; i < sentences.size(); i += ROUNDS > 1 ? 1 : SOME) {
      String sentence = sentences.get(i);
      List<Segment> segments = segments(sentence);
      for (int seed = 0; seed < READINGS && segments.size() == 2; seed++) {
        float[] whole = speak(sentence, new SplittableRandom(seed));
        SplittableRandom random = new SplittableRandom(seed);
        float[] first = speak(segments.getFirst().text(), random);
        float[] parted =
            PiperFixture.join(List.of(first, speak(segments.getLast().text(), random)));
        Pause inWhole = Pause.near(whole, first.length);
        Pause inParted = Pause.near(parted, first.length);
        pausesWhole.add(inWhole.seconds());
        pausesParted.add(inParted.seconds());
        lengths.add((double) parted.length / whole.length);
        ends.add(inParted.levelBefore(parted) - inWhole.levelBefore(whole));
        starts.add(inParted.levelAfter(parted) - inWhole.levelAfter(whole));
      }
    }
    print("%d readings; p10, p50, p90 of", lengths.size());
    print("pause at the border: parted %s s, whole %s s", all(pausesParted), all(pausesWhole));
    print("length, parted to whole: %s", all(lengths));
    print("0.4 s before the pause, parted over whole: %s dB; after: %s dB", all(ends), all(starts));
    assertTrue(median(pausesParted) < median(pausesWhole) + 0.1);
    assertEquals(1, median(lengths), 0.05);
  }

  private static List<Segment> segments(String sentence) {
    SentenceSegmenter segmenter = new SentenceSegmenter();
    List<Segment> segments = new ArrayList<>(segmenter.appendText(sentence));
    segments.addAll(segmenter.finish());
    return segments;
  }

  private static double[] firstSound(String text) {
    Rendering rendering = voice.render(text, VoiceSettings.DEFAULTS, new SplittableRandom(1));
    long start = System.nanoTime();
    float[] samples = rendering.step(Pace.of(WINDOW), new CancellationToken());
    double read = (System.nanoTime() - start) / 1e6;
    while (samples.length == 0) {
      samples = rendering.step(Pace.of(WINDOW), new CancellationToken());
    }
    return new double[] {read, (System.nanoTime() - start) / 1e6};
  }

  private static float[] speak(String text, SplittableRandom noise) {
    return PiperFixture.speak(voice.render(text, VoiceSettings.DEFAULTS, noise), () -> 96);
  }

  private static List<String> sentences() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            LongFirstSentencesTest.class.getResourceAsStream("long-sentences.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static double median(List<Double> values) {
    return quantile(values.stream().mapToDouble(v -> v).toArray(), 0.5);
  }

  private static String all(List<Double> values) {
    double[] array = values.stream().mapToDouble(v -> v).toArray();
    return String.format(
        Locale.ROOT,
        "%.2f %.2f %.2f",
        quantile(array, 0.1),
        quantile(array, 0.5),
        quantile(array, 0.9));
  }

  private static double quantile(double[] values, double share) {
    double[] sorted =
        IntStream.range(0, values.length).mapToDouble(i -> values[i]).sorted().toArray();
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
  }

  @com.google.errorprone.annotations.FormatMethod
  private static void print(String format, Object... values) {
    System.out.println("joe: " + String.format(Locale.ROOT, format, values));
  }

  /// The longest silence near a place.
  private record Pause(int start, int end) {
    private static final int RATE = 22_050;
    private static final int BLOCK = RATE / 200;
    private static final double SILENT = 0.012;
    private static final int NEAR = RATE / 2;
    private static final int BESIDE = 2 * RATE / 5;

    static Pause near(float[] samples, int place) {
      Pause longest = new Pause(place, place);
      int start = Math.max(0, place - NEAR);
      for (int at = start; at + BLOCK <= Math.min(samples.length, place + NEAR); at += BLOCK) {
        if (rms(samples, at, at + BLOCK) >= SILENT) {
          start = at + BLOCK;
        } else if (at + BLOCK - start > longest.end - longest.start) {
          longest = new Pause(start, at + BLOCK);
        }
      }
      return longest;
    }

    double seconds() {
      return (double) (end - start) / RATE;
    }

    double levelBefore(float[] samples) {
      return 20 * Math.log10(rms(samples, start - BESIDE, start));
    }

    double levelAfter(float[] samples) {
      return 20 * Math.log10(rms(samples, end, end + BESIDE));
    }

    private static double rms(float[] samples, int from, int to) {
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += samples[i] * samples[i];
      }
      return Math.sqrt(sum / (to - from));
    }
  }
}
