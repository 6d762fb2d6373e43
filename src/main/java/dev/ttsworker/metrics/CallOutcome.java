package dev.ttsworker.metrics;

import java.util.Locale;

/// How a Synthesize call ended; the label of its metrics.
public enum CallOutcome {
  COMPLETED,
  STOPPED,
  CANCELLED,
  FAILED,
  /// It was never let in.
  REFUSED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
