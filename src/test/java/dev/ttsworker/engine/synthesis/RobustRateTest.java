package dev.ttsworker.engine.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RobustRateTest {
  private static final Duration LONG = Duration.ofMinutes(6);

  private final RobustRate rate = new RobustRate(0.1, 2);
  private long now = 1_000_000_000L;

  @Test
  void priorHoldsUntilThereAreMeasurements() {
    assertEquals(0.1, rate.rate(now), 1e-9);
    rate.calibrate(0.06, now);
    assertEquals(0.06, rate.rate(now), 1e-9);
  }

  @Test
  void measurementsTakeThePlaceOfThePrior() {
    add(5, 0.05);
    assertEquals(0.05, rate.rate(now), 1e-9);
  }

  @Test
  void largerMeasurementsCountForMore() {
    add(4, 0.05);
    rate.add(0.06 * 20, 20, now);
    assertEquals((4 * 2 * 0.05 + 20 * 0.06) / 28, rate.rate(now), 1e-9);
  }

  @Test
  void firstMeasurementOfAllMayBeFarOff() {
    rate.add(100, 2, now);
    assertTrue(rate.rate(now) <= 0.12 + 1e-9, "rate " + rate.rate(now));
  }

  @Test
  void fewMeasurementsFarOffChangeLittle() {
    add(40, 0.05);
    for (int i = 0; i < 10; i++) {
      rate.add(100, 2, now);
    }
    assertTrue(rate.rate(now) <= 0.06 + 1e-9, "rate " + rate.rate(now));
  }

  @Test
  void measurementsAreForgottenWithTime() {
    add(40, 0.5);
    assertEquals(0.5, rate.rate(now), 1e-9);
    now += LONG.toNanos();
    assertEquals(0.1, rate.rate(now), 1e-9);
    add(5, 0.05);
    assertEquals(0.05, rate.rate(now), 1e-9);
  }

  @Test
  void newestMeasurementsPushTheOldestOut() {
    add(64, 0.5);
    add(64, 0.05);
    assertEquals(0.05, rate.rate(now), 1e-9);
  }

  private void add(int times, double each) {
    for (int i = 0; i < times; i++) {
      rate.add(2 * each, 2, now);
    }
  }
}
