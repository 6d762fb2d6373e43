package dev.ttsworker.metrics;

import java.util.Locale;

/// Outcome of a Synthesize call; the label of its metrics.
public enum CallOutcome {
  COMPLETED,
  STOPPED,
  CANCELLED,
  FAILED,
  /// It was never admitted.
  REFUSED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
