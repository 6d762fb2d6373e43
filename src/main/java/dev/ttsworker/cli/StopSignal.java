package dev.ttsworker.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/// SIGTERM and SIGINT: the first one asks for a drain, a second one ends the process at once. The
/// drain runs before the JVM begins to exit, since exit hooks run side by side with the runtime's
/// own.
@SuppressWarnings("sunapi") // the only way to a signal before the JVM exits; supported since 1.x
final class StopSignal {
  private final CountDownLatch first = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal install() {
    StopSignal stop = new StopSignal();
    for (String name : List.of("TERM", "INT")) {
      Signal.handle(new Signal(name), stop::received);
    }
    return stop;
  }

  private void received(Signal signal) {
    if (first.getCount() == 0) {
      Runtime.getRuntime().halt(128 + signal.getNumber());
    }
    first.countDown();
  }

  /// Waits for the first signal.
  void await() throws InterruptedException {
    first.await();
  }
}
