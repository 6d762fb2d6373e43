package dev.ttsworker.synthesis;

/// How many decoder frames the next window should have: small while the listener waits, larger as
/// audio is in hand, since a larger window recomputes less context.
final class WindowPlan {
  /// About 186 ms of audio at 22,050 Hz.
  static final int FIRST = 16;

  private static final int[] SIZES = {FIRST, 32, 64, 96};

  private int step;

  /// The size of the next window.
  int next() {
    int size = SIZES[step];
    step = Math.min(step + 1, SIZES.length - 1);
    return size;
  }

  /// Starts small again: the listener ran dry or is about to.
  void restart() {
    step = 0;
  }
}
