package dev.ttsworker.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class QuantilesTest {
  @Test
  void isTheNearestRank() {
    double[] downwards = IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();
    assertEquals(new Quantiles(100, 180, 198, 200, 200), Quantiles.of(downwards));
    assertEquals(200, downwards[0], "the samples must stay as they were");
  }

  @Test
  void fewSamplesAreTheirOwnQuantiles() {
    assertEquals(new Quantiles(7, 7, 7, 7, 1), Quantiles.of(7));
    assertEquals(new Quantiles(2, 3, 3, 3, 3), Quantiles.of(3, 1, 2));
    assertEquals(new Quantiles(1, 2, 2, 2, 2), Quantiles.of(2, 1));
  }

  @Test
  void nothingIsZero() {
    assertEquals(new Quantiles(0, 0, 0, 0, 0), Quantiles.of());
  }
}
