package dev.ttsworker.engine.g2p.espeak;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Shared services and limits of a pool's workers.
///
/// @param launcher starts processes
/// @param startPatience time limit of a start
/// @param patience time limit of an answer: far more than the helper's own limit of processor time,
///   so that it only expires when the process is stopped or the machine stalls
/// @param unreadable texts that are not tried again
/// @param nanoTime as [System#nanoTime]
/// @param pause waits before a process is restarted
record EspeakServices(
    HelperLauncher launcher,
    Duration startPatience,
    Duration patience,
    UnreadableTexts unreadable,
    LongSupplier nanoTime,
    Pause pause) {
  static final Duration START_PATIENCE = Duration.ofSeconds(15);
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Sleep function.
  @FunctionalInterface
  interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  /// With the clock of this machine.
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
