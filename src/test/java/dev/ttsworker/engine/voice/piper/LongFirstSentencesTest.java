package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a long first sentence sounds that is split after its first clause, on a stock voice, where
/// it is installed.
@Tag("slow")
final class LongFirstSentencesTest {
  private static final Path VOICE = Path.of("voicepacks/piper/en-us-joe-medium");
  private static final Path MODEL = VOICE.resolve("en_US-joe-medium.onnx");

  /// One of so many sentences is enough to see that it works.
  private static final int SOME = 16;

  private static final int RATE = 22_050;
  private static final int BLOCK = RATE / 200;
  private static final int NEAR = RATE / 2;
  private static final double SILENT = 0.012;

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
  void mostSentencesArePartedBehindTheirFirstClause() throws IOException {
    assertEquals(
        21, sentences().stream().filter(sentence -> segments(sentence).size() > 1).count());
  }

  @Test
  void thePausesAtTheBorderAreThoseOfTheSentence() throws IOException {
    List<Double> pausesWhole = new ArrayList<>();
    List<Double> pausesSplit = new ArrayList<>();
    List<Double> lengths = new ArrayList<>();
    List<String> sentences = sentences();
    for (int i = 0; i < sentences.size(); i += SOME) {
      List<Segment> segments = segments(sentences.get(i));
      assertEquals(2, segments.size(), sentences.get(i));
      float[] whole = speak(sentences.get(i), new SplittableRandom(0));
      SplittableRandom random = new SplittableRandom(0);
      float[] first = speak(segments.getFirst().text(), random);
      float[] split = Renderings.join(List.of(first, speak(segments.getLast().text(), random)));
      pausesWhole.add(pauseNear(whole, first.length));
      pausesSplit.add(pauseNear(split, first.length));
      lengths.add((double) split.length / whole.length);
    }
    assertTrue(
        median(pausesSplit) < median(pausesWhole) + 0.1, () -> pausesSplit + " " + pausesWhole);
    assertEquals(1, median(lengths), 0.05);
  }

  private static List<Segment> segments(String sentence) {
    SentenceSegmenter segmenter = new SentenceSegmenter();
    List<Segment> segments = new ArrayList<>(segmenter.appendText(sentence));
    segments.addAll(segmenter.finish());
    return segments;
  }

  private static float[] speak(String text, SplittableRandom noise) {
    return Renderings.speak(voice.render(text, VoiceSettings.DEFAULTS, noise), () -> 96);
  }

  private static List<String> sentences() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            LongFirstSentencesTest.class.getResourceAsStream("long-sentences.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /// Seconds of the longest silence near a place.
  private static double pauseNear(float[] samples, int place) {
    int longest = 0;
    int start = Math.max(0, place - NEAR);
    for (int at = start; at + BLOCK <= Math.min(samples.length, place + NEAR); at += BLOCK) {
      if (rms(samples, at, at + BLOCK) >= SILENT) {
        start = at + BLOCK;
      } else {
        longest = Math.max(longest, at + BLOCK - start);
      }
    }
    return (double) longest / RATE;
  }

  private static double rms(float[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += samples[i] * samples[i];
    }
    return Math.sqrt(sum / (to - from));
  }
}
