package dev.ttsworker.engine.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
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
      int start = 0;
      while (start < values.length) {
        int end = Math.min(values.length, start + random.nextInt(300));
        int[] part = Arrays.copyOfRange(values, start, end);
        minimum.replace(part, part.length);
        for (int i = start; i < end; i++) {
          int least = Arrays.stream(values, Math.max(0, i - width + 1), i + 1).min().orElseThrow();
          assertEquals(least, part[i - start], "seed " + seed + " at " + i);
        }
        start = end;
      }
    }
  }
}
