package dev.ttsworker.engine.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.WordTiming.PhonemeTiming;
import dev.ttsworker.engine.text.SpokenWord;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordTimingRequestTest {
  @Test
  void samplesOfTheVoiceBecomeSamplesOfTheCall() {
    WordTiming ofVoice =
        WordTimingRequest.timing(
            new SpokenWord("four", 9, 14),
            22_050,
            33_075,
            true,
            List.of(new PhonemeTiming("f", 22_050, 24_255)),
            List.of());
    assertEquals(
        new WordTiming(
            "four", 96_000, 120_000, 9, 14, true, List.of(new PhonemeTiming("f", 96_000, 100_800))),
        ofVoice.moved(22_050, 22_050, 48_000));
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
    WordTiming timing = WordTimingRequest.timing(spoken, 0, 1, true, List.of(), List.of());
    return timing.text() + " " + timing.sourceStart() + "-" + timing.sourceEnd();
  }
}
