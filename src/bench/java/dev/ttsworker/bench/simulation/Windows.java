package dev.ttsworker.bench.simulation;

import dev.ttsworker.session.PlayoutClock;

/// Window sizes in frames of output, by the rule of `engine.synthesis.WindowSizing`: no more than
/// is buffered, out of a few sizes.
final class Windows {
  private static final int[] FRAMES = {StageCosts.FIRST_WINDOW, 9, 19, 37};

  private Windows() {}

  /// @param calm whether no other job runs or waits: else the first window is larger
  static int frames(long leadNanos, boolean calm) {
    int size = calm || leadNanos > 0 ? 0 : 1;
    while (size + 1 < FRAMES.length && FRAMES[size + 1] * PlayoutClock.FRAME_NANOS <= leadNanos) {
      size++;
    }
    return FRAMES[size];
  }
}
