package dev.ttsworker.lifecycle;

import java.time.Duration;

/// Exponential back-off: waits that double from a shortest to a longest one. Not thread-safe.
public final class Backoff {
  private final Duration shortest;
  private final Duration longest;
  private Duration current;

  public Backoff(Duration shortest, Duration longest) {
    this.shortest = shortest;
    this.longest = longest;
    this.current = shortest;
  }

  /// The wait after some failures in a row.
  ///
  /// @param failures at least 1
  public static Duration after(int failures, Duration shortest, Duration longest) {
    Backoff backoff = new Backoff(shortest, longest);
    for (int i = 1; i < failures && !backoff.isLongest(); i++) {
      Duration _ = backoff.next();
    }
    return backoff.current();
  }

  /// The wait that comes now; the next one is twice as long.
  public Duration next() {
    Duration now = current;
    Duration doubled = now.multipliedBy(2);
    current = doubled.compareTo(longest) > 0 ? longest : doubled;
    return now;
  }

  /// The wait that [#next] will give.
  public Duration current() {
    return current;
  }

  /// Whether waits get no longer.
  public boolean isLongest() {
    return current.equals(longest);
  }

  /// Begins again with the shortest wait.
  public void reset() {
    current = shortest;
  }
}
