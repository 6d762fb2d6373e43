package dev.ttsworker.bench.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class StageCostsTest {
  private static final double MS = 1e6;

  /// A sentence of 60 characters: 3 s of speech.
  private static StageCosts costs(SpeechProfile profile, double speed) {
    return new StageCosts(profile, 0.04, 3, speed, new SplittableRandom(1));
  }

  @Test
  void firstAudioIsTheTextStageAndTheFirstWindow() {
    StageCosts costs = costs(Plans.PROFILE, 1);
    assertEquals(40, (costs.textNanos(60) + costs.windowNanos(StageCosts.FIRST_WINDOW)) / MS, 0.01);
    assertEquals(
        60, (costs.textNanos(120) + costs.windowNanos(StageCosts.FIRST_WINDOW)) / MS, 0.01);
  }

  @Test
  void allStagesOfASentenceCostWhatItsSpeechDoes() {
    StageCosts costs = costs(Plans.PROFILE, 1);
    assertEquals(0.03 * 3 * 1e9, (double) (costs.textNanos(60) + costs.windowNanos(150)), 1e4);
    assertEquals(0.03, costs.realTimeFactor("any"), 1e-9);
  }

  @Test
  void workerOfTwiceTheSpeedNeedsHalfTheTime() {
    StageCosts fast = costs(Plans.PROFILE, 2);
    assertEquals(costs(Plans.PROFILE, 1).textNanos(60) / 2.0, (double) fast.textNanos(60), 1);
    assertEquals(0.015, fast.realTimeFactor(), 1e-9);
    assertEquals(0.02, fast.firstAudioSeconds("any", 60), 1e-9);
  }

  /// First audio that costs more than all speech: admission goes by what is really spent.
  @Test
  void costIsWhatStagesTakeWhereFirstAudioIsExpensive() {
    StageCosts costs =
        new StageCosts(
            new SpeechProfile(0.01, 0.04, 20, 0, 0), 0.04, 3, 1, new SplittableRandom(1));
    double spent = (costs.textNanos(60) + costs.windowNanos(150)) / 1e9;
    assertEquals(spent / 3, costs.realTimeFactor(), 1e-6);
    assertTrue(costs.realTimeFactor() > 0.01);
  }

  @Test
  void spreadLeavesTheMean() {
    StageCosts costs = costs(new SpeechProfile(0.03, 0.04, 20, 0, 0.3), 1);
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += costs.windowNanos(100);
    }
    double exact = costs(Plans.PROFILE, 1).windowNanos(100);
    assertEquals(1, sum / 100_000 / exact, 0.01);
  }
}
