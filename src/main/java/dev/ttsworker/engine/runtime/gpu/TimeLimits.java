package dev.ttsworker.engine.runtime.gpu;

import java.time.Duration;

/// Time limits of a responsive accelerator.
///
/// @param batch for a batch, at least: a slow accelerator has more, see [Replica#patienceNanos]
/// @param opening for opening a session and running it
/// @param closing for closing the sessions of a stage
record TimeLimits(Duration batch, Duration opening, Duration closing) {
  /// A batch takes some milliseconds, and closing no longer. Opening the first session loads
  /// gigabytes of libraries and may compile kernels.
  static final TimeLimits DEFAULT =
      new TimeLimits(Duration.ofSeconds(2), Duration.ofSeconds(120), Duration.ofSeconds(5));

  TimeLimits {
    if (!batch.isPositive() || !opening.isPositive() || !closing.isPositive()) {
      throw new IllegalArgumentException(
          "limits of %s, %s and %s must be positive".formatted(batch, opening, closing));
    }
  }
}
