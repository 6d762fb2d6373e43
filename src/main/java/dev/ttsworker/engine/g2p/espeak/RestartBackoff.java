package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.lifecycle.Backoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Exponential back-off of process restarts: none at first, longer with each failure in the last
/// minute. A start takes as much processor time as some seconds of speech. For one thread.
final class RestartBackoff {
  /// Failures within a minute that are restarted at once.
  static final int FREE = 2;

  private static final Duration MEMORY = Duration.ofMinutes(1);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(8);
  private static final int MOST = 16;

  private final Deque<Long> failures = new ArrayDeque<>();

  /// Counts a failure.
  ///
  /// @param now in nanoseconds, as [System#nanoTime]
  /// @return how long to wait
  Duration afterFailure(long now) {
    failures.add(now);
    while (failures.size() > MOST || now - failures.getFirst() > MEMORY.toNanos()) {
      failures.removeFirst();
    }
    int beyond = failures.size() - FREE;
    if (beyond <= 0) {
      return Duration.ZERO;
    }
    return Backoff.after(beyond, FIRST, LONGEST);
  }

  /// Counts a failed start. A start that used its whole time limit is not repeated at once, since
  /// callers have waited for it.
  ///
  /// @param reason why it failed
  Duration afterFailedStart(long now, HelperFailure.Reason reason) {
    Duration delay = afterFailure(now);
    return delay.isZero() && reason == HelperFailure.Reason.LATE ? FIRST : delay;
  }
}
