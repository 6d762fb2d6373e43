package dev.ttsworker.engine.voice.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TextRunsTest {
  private static final TextRuns RUNS = new TextRuns(256, 32, 168);

  @Test
  void sentenceWithinTheBoundIsOneRun() {
    assertEquals(TextRuns.whole(256), RUNS.of(256, new byte[256]));
    assertEquals(2, RUNS.of(257, every(257, 2, SentenceBorders.SOUND)).size());
  }

  @Test
  void runsAreBoundedSimilarAndKeepAll() {
    for (int seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int count = 257 + random.nextInt(3_000);
      byte[] borders = new byte[count];
      for (int at = 1; at < count; at += 1 + random.nextInt(32)) {
        borders[at] = (byte) (1 + random.nextInt(4));
      }
      List<TextRun> runs = RUNS.of(count, borders);
      int kept = 0;
      int longest = runs.stream().mapToInt(TextRun::kept).max().orElseThrow();
      for (TextRun run : runs) {
        assertEquals(kept, run.keepFrom(), "seed " + seed);
        assertTrue(run.length() <= RUNS.longest(), "seed " + seed + " " + run);
        assertTrue(run.kept() * 6 >= longest, "seed " + seed + " " + runs);
        assertEquals(Math.max(0, run.keepFrom() - RUNS.context()), run.from());
        assertEquals(Math.min(count, run.keepTo() + RUNS.context()), run.to());
        kept = run.keepTo();
      }
      assertEquals(count, kept, "seed " + seed);
    }
  }

  @Test
  void clauseComesBeforeWordAndWordBeforeSound() {
    byte[] borders = every(320, 2, SentenceBorders.SOUND);
    borders[160] = SentenceBorders.WORD;
    assertEquals(160, RUNS.of(320, borders).getFirst().keepTo());
    borders[140] = SentenceBorders.CLAUSE;
    assertEquals(140, RUNS.of(320, borders).getFirst().keepTo());
    assertTrue(RUNS.of(320, borders).getFirst().clause());
  }

  @Test
  void wordIsDividedOnlyWhereNoWordEndsNearIt() {
    byte[] borders = every(300, 2, SentenceBorders.SOUND);
    borders[60] = SentenceBorders.WORD;
    assertEquals(60, RUNS.of(300, borders).getFirst().keepTo());
  }

  @Test
  void bordersOfASentence() {
    // One number for each sign, after the start mark and a pad.
    String phonemes = "aˈi, oː u—e. 你，好";
    int signs = phonemes.length();
    int[] starts = new int[signs + 1];
    for (int i = 0; i <= signs; i++) {
      starts[i] = 2 + i;
    }
    byte[] borders = SentenceBorders.of(phonemes, starts, signs + 3);
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < signs; i++) {
      found.append(borders[2 + i]);
    }
    assertEquals("0211141131411414", found.toString());
  }

  private static byte[] every(int count, int step, byte kind) {
    byte[] borders = new byte[count];
    for (int at = step; at < count; at += step) {
      borders[at] = kind;
    }
    return borders;
  }
}
