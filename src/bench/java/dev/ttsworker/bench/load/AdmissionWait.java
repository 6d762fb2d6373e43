package dev.ttsworker.bench.load;

import dev.ttsworker.bench.client.SpeechTarget;
import java.util.Map;
import java.util.OptionalDouble;

/// Queueing delay in front of admission during one run, by the server's own counts.
final class AdmissionWait {
  private static final double MS_PER_SECOND = 1000;

  private final SpeechTarget target;
  private final Map<String, Double> before;

  private AdmissionWait(SpeechTarget target) {
    this.target = target;
    this.before = target.figures();
  }

  /// Begins to count.
  static AdmissionWait of(SpeechTarget target) {
    return new AdmissionWait(target);
  }

  /// The mean since then in milliseconds; empty when nothing was let in or the server does not
  /// tell.
  OptionalDouble meanMs() {
    return meanMs(before, target.figures());
  }

  static OptionalDouble meanMs(Map<String, Double> before, Map<String, Double> after) {
    double admissions = grown("admissions", before, after);
    return admissions > 0
        ? OptionalDouble.of(
            MS_PER_SECOND * grown("admission_wait_seconds", before, after) / admissions)
        : OptionalDouble.empty();
  }

  private static double grown(
      String figure, Map<String, Double> before, Map<String, Double> after) {
    return after.getOrDefault(figure, 0.0) - before.getOrDefault(figure, 0.0);
  }
}
