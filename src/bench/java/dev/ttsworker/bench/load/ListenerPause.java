package dev.ttsworker.bench.load;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Pause of a conversation load between the end of play-out and the next call.
public final class ListenerPause {
  private ListenerPause() {}

  /// 200 to 400 ms.
  public static long nanos(Random random) {
    return TimeUnit.MILLISECONDS.toNanos(random.nextInt(200, 401));
  }
}
