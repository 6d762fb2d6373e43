package dev.ttsworker.engine.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.WordTiming.PhonemeTime;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.AlignedPhoneme;
import dev.ttsworker.engine.voice.AlignedWord;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordTimingsTest {
  @Test
  void samplesOfTheVoiceBecomeSamplesOfTheCall() {
    AlignedWord placed =
        new AlignedWord(
            new SpokenWord("four", 9, 14),
            22_050,
            33_075,
            true,
            List.of(new AlignedPhoneme("f", 22_050, 24_255)));
    assertEquals(
        new WordTiming(
            "four", 96_000, 120_000, 9, 14, true, List.of(new PhonemeTime("f", 96_000, 100_800))),
        WordTimings.of(placed, 22_050, 22_050, List.of()));
  }

  @Test
  void punctuationIsNoPartOfAWord() {
    assertEquals("much 11-15", word("“much”?", 10));
    assertEquals("don't 0-5", word("don't,", 0));
    assertEquals("– 7-8", word("–", 7));
    assertEquals("$5 0-2", word("$5.", 0));
  }

  private static String word(String text, long start) {
    SpokenWord spoken = new SpokenWord(text, start, start + text.length());
    WordTiming time =
        WordTimings.of(new AlignedWord(spoken, 0, 1, true, List.of()), 0, 48_000, List.of());
    return time.text() + " " + time.sourceStart() + "-" + time.sourceEnd();
  }
}
