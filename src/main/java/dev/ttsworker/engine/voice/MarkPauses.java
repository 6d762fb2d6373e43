package dev.ttsworker.engine.voice;

import java.time.Duration;

/// Silence that is added at marks inside a sentence to what the voice makes of them, where more is
/// said behind them. Voices whose durations nobody can change make their own pauses only.
///
/// @param comma at commas
/// @param clause at semicolons, colons, dashes and ellipses
public record MarkPauses(Duration comma, Duration clause) {
  /// Adds nothing.
  public static final MarkPauses NONE = new MarkPauses(Duration.ZERO, Duration.ZERO);

  public MarkPauses {
    if (comma.isNegative() || clause.isNegative()) {
      throw new IllegalArgumentException("pauses " + comma + ", " + clause);
    }
  }
}
