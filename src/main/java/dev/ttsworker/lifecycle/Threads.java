package dev.ttsworker.lifecycle;

import java.util.concurrent.ThreadFactory;

/// Thread factories: the one place that makes threads.
public final class Threads {
  private Threads() {}

  /// Daemon platform threads for computation, named `prefix` and a number.
  public static ThreadFactory platform(String prefix) {
    return Thread.ofPlatform().daemon().name(prefix, 0).factory();
  }

  /// Virtual threads for calls, which mostly wait.
  public static ThreadFactory virtual(String prefix) {
    return Thread.ofVirtual().name(prefix, 0).factory();
  }
}
