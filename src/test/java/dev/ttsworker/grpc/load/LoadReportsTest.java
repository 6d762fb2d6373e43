package dev.ttsworker.grpc.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LoadReportsTest {
  private long count;

  @Test
  void rateFollowsTheCounterWithinSomeTenSeconds() {
    DecayingRate rate = new DecayingRate(() -> count);
    assertEquals(0, rate.update(1));
    double now = 0;
    for (int second = 0; second < 60; second++) {
      count += 5;
      now = rate.update(1);
    }
    assertEquals(5, now, 0.02);
    for (int second = 0; second < 10; second++) {
      now = rate.update(1);
    }
    assertEquals(5 / Math.E, now, 0.02);
  }

  /// However often it is asked.
  @Test
  void rateDoesNotDependOnTheInterval() {
    DecayingRate often = new DecayingRate(() -> count);
    DecayingRate seldom = new DecayingRate(() -> count);
    double fine = 0;
    double coarse = 0;
    for (int second = 0; second < 30; second++) {
      for (int part = 0; part < 10; part++) {
        count++;
        fine = often.update(0.1);
      }
      coarse = seldom.update(1);
    }
    assertEquals(coarse, fine, 0.01);
    assertTrue(coarse > 9, "" + coarse);
  }
}
