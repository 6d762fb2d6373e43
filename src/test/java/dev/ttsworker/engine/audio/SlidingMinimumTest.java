package dev.ttsworker.engine.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class SlidingMinimumTest {
  @Test
  void isWhatALoopOverTheLastValuesFinds() {
    long seed = System.nanoTime();
    System.out.println("SlidingMinimumTest seed " + seed);
    Random random = new Random(seed);
    for (int width : new int[] {1, 2, 3, 7, 190}) {
      int[] values = random.ints(2_000, 0, 50).toArray();
      SlidingMinimum minimum = new SlidingMinimum(width);
      for (int i = 0; i < values.length; i++) {
        int expected = values[i];
        for (int j = Math.max(0, i - width + 1); j < i; j++) {
          expected = Math.min(expected, values[j]);
        }
        assertEquals(expected, minimum.next(values[i]), "seed " + seed + " at " + i);
      }
    }
  }
}
