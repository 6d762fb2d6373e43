package dev.ttsworker.voices;

import java.time.Duration;

/// Waits that double from 1 s to 60 s. Not thread-safe.
final class Backoff {
  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(60);

  private Duration next = SHORTEST;

  Duration next() {
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return now;
  }

  void reset() {
    next = SHORTEST;
  }
}
