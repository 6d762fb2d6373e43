package dev.ttsworker.engine.g2p.espeak;

import java.time.Duration;
import java.util.function.LongSupplier;

/// What the lanes of a pool have in common.
///
/// @param launcher starts processes
/// @param startPatience how long a process may take to become ready
/// @param patience how long an answer may take: far more than the helper's own limit of processor
///   time, so that it only passes when the process is stopped or the machine stands still
/// @param unreadable texts that are not tried again
/// @param nanoTime as [System#nanoTime]
/// @param pause waits before a process is started again
record EspeakServices(
    HelperLauncher launcher,
    Duration startPatience,
    Duration patience,
    UnreadableTexts unreadable,
    LongSupplier nanoTime,
    Pause pause) {
  static final Duration START_PATIENCE = Duration.ofSeconds(15);
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Waits.
  @FunctionalInterface
  interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  /// With the time of this machine.
  static EspeakServices of(HelperLauncher launcher, Duration startPatience, Duration patience) {
    return new EspeakServices(
        launcher,
        startPatience,
        patience,
        new UnreadableTexts(System::nanoTime),
        System::nanoTime,
        Thread::sleep);
  }
}
