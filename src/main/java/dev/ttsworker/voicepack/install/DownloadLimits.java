package dev.ttsworker.voicepack.install;

import java.time.Duration;

/// Limits of downloads.
///
/// @param connect for connecting; the answer's headers may take twice as long
/// @param idle for the pause between two pieces of a body
/// @param pause before another attempt
/// @param attempts in a row that bring nothing further, at least 1
/// @param leastKeptBytes fewer are not kept for another run
record DownloadLimits(
    Duration connect, Duration idle, Duration pause, int attempts, long leastKeptBytes) {
  static final DownloadLimits DEFAULT =
      new DownloadLimits(
          Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(1), 3, 1 << 16);
}
