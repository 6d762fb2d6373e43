package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.lifecycle.Backoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// How long a process that failed waits before it is started again: not at all at first, and longer
/// the more often it failed in the last minute. Starting one takes as much processor time as some
/// seconds of speech. For one thread.
final class RestartBackoff {
  /// So many failures within a minute are accidents.
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

  /// Counts a start that failed. One that took its whole time is not repeated at once, since
  /// callers have waited for it.
  ///
  /// @param reason why it failed
  Duration afterFailedStart(long now, HelperFailure.Reason reason) {
    Duration delay = afterFailure(now);
    return delay.isZero() && reason == HelperFailure.Reason.LATE ? FIRST : delay;
  }
}
