package dev.ttsworker.bench.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.bench.html.Scale.Tick;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScaleTest {
  private static String labels(Scale scale) {
    return String.join(" ", scale.ticks().stream().map(Tick::label).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 100, 0 20 40 60 80 100",
    "0, 16.2, 0 2 4 6 8 10 12 14 16 18",
    "-0.16, 2, -0.5 0.0 0.5 1.0 1.5 2.0",
    "3, 3, 3.0 3.2 3.4 3.6 3.8 4.0",
    "0, 0.01, 0.000 0.002 0.004 0.006 0.008 0.010"
  })
  void linearTicks(double low, double high, String expected) {
    assertEquals(expected, labels(LinearScale.covering(low, high, 0, 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 1000, 10 20 50 100 200 500 1000",
    "31, 880, 20 50 100 200 500 1000",
    "0.1, 50, 0.1 0.2 0.5 1 2 5 10 20 50",
    "7, 7, 5 10",
    "5, 5, 5 10 20 50"
  })
  void logarithmicTicks(double low, double high, String expected) {
    assertEquals(expected, labels(LogScale.covering(low, high, 0, 1)));
  }

  @Test
  void manyDecadesAreLabelledSparsely() {
    assertEquals(
        "0.1   1   10   100   1000", labels(LogScale.covering(0.1, 1000, 0, 1)).stripTrailing());
  }

  @Test
  void equalRatiosAreEquallyFar() {
    Scale scale = LogScale.covering(1, 100, 300, 100);
    assertEquals(
        List.of(300.0, 200.0, 100.0, 300.0, 100.0),
        List.of(1.0, 10.0, 100.0, 0.0, 5000.0).stream()
            .map(value -> (double) Math.round(scale.position(value)))
            .toList());
  }

  @Test
  void whatIsCoveredLiesOnTheAxis() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      double low = Math.pow(10, random.nextDouble(-1, 4));
      double high = low * (1 + Math.pow(10, random.nextDouble(-3, 3)));
      LogScale log = LogScale.covering(low, high, 0, 1);
      LinearScale linear = LinearScale.covering(-low, high, 0, 1);
      String what = "seed " + seed + ": " + low + " to " + high;
      double slip = 1e-6;
      assertTrue(log.low() <= low * (1 + slip) && log.high() >= high * (1 - slip), what);
      assertTrue(linear.low() <= -low && linear.high() >= high * (1 - slip), what);
      assertTrue(log.ticks().size() >= 2 && linear.ticks().size() >= 4, what);
      assertTrue(linear.ticks().size() <= 13, what + linear.ticks());
    }
  }
}
