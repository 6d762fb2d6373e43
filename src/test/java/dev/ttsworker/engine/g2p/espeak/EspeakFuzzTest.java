package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ttsworker.engine.g2p.Phonemizer;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Any text through segmentation and eSpeak NG: phonemes, or an error of that call alone.
@Tag("slow")
final class EspeakFuzzTest {
  private static final int ORDINARY = 600;

  /// A text ended its process, or came while that rests.
  private static final Set<ErrorCode> REFUSALS =
      EnumSet.of(ErrorCode.INVALID_FIELD, ErrorCode.NO_CAPACITY);

  private static final List<String> VOICES =
      List.of("en-us", "de", "fr", "es", "vi", "ru", "cmn", "ar", "hi", "pt-br", "it", "ja");

  private static final List<String> PHRASES =
      List.of(
          "Hello, how are you?",
          "It costs $12.50, or 3 %.",
          "A.",
          "'s",
          "`",
          "m-्",
          "}-你",
          "D.#",
          "www.example.com/a_b?c=d",
          "2026-11-26",
          "1,000,000",
          "e.g.",
          "naïve café",
          "Straße",
          "你好",
          "مرحبا",
          "नमस्ते",
          "привет",
          "Xin chào",
          "こんにちは",
          "🙂",
          "\u200b",
          "\u0301",
          "…",
          "--",
          "(((",
          "A.B.C.D.",
          "x^2",
          "#1",
          "AT&T",
          "C++",
          "\"quoted\"",
          "¿qué?",
          "0x7f");

  @Test
  void noTextHarmsTheNext() {
    int ended = 0;
    int end = Fuzz.from() + Fuzz.inputs(ORDINARY);
    try (EspeakPool pool = NativeFolder.pool(2)) {
      for (int round = Fuzz.from(); round < end; round++) {
        RandomGenerator random = Fuzz.random(Fuzz.seed(), round);
        String voice = VOICES.get(random.nextInt(VOICES.size()));
        try {
          Phonemizer phonemizer = pool.forVoice(voice);
          segments(text(random)).forEach(segment -> phonemizer.phonemize(segment.text()));
        } catch (WorkerException e) {
          assertTrue(REFUSALS.contains(e.code()), e.code() + " " + Fuzz.where(round));
          ended++;
        } catch (RuntimeException e) {
          fail(Fuzz.where(round), e);
        }
      }
      assertEquals(List.of("həlˈoʊ!"), pool.forVoice("en-us").phonemize("Hello!"));
    }
    System.out.printf("espeak: %,d texts, %,d ended its process%n", Fuzz.inputs(ORDINARY), ended);
  }

  private static List<Segment> segments(String text) {
    SentenceSegmenter segmenter = new SentenceSegmenter();
    List<Segment> segments = new ArrayList<>(segmenter.appendText(text));
    segments.addAll(segmenter.finish());
    return segments;
  }

  /// Phrases, characters and repetitions of either; most are short, since the short ones are quick.
  static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int parts = 1 + random.nextInt(6); parts > 0; parts--) {
      String part =
          random.nextInt(3) > 0
              ? PHRASES.get(random.nextInt(PHRASES.size()))
              : Character.toString(Fuzz.codePoint(random));
      text.append(part.repeat(random.nextInt(20) == 0 ? 1 + random.nextInt(200) : 1));
      text.append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }
}
