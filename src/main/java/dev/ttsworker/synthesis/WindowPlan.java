package dev.ttsworker.synthesis;

/// How many decoder frames the next window should have: small while the listener waits, larger as
/// audio is in hand, since a larger window recomputes less context.
///
/// It depends on the text alone, not on the time: windows of other sizes round differently in the
/// last bit, and a call with a seed must be the same each time.
final class WindowPlan {
  /// About 186 ms of audio at 22,050 Hz.
  static final int FIRST = 16;

  private static final int[] SIZES = {FIRST, 32, 64, 96};

  /// Where later segments begin: their text may have come late, with the listener run dry.
  private static final int LATER_SEGMENT = 1;

  private int step;

  /// The size of the next window.
  int next() {
    int size = SIZES[step];
    step = Math.min(step + 1, SIZES.length - 1);
    return size;
  }

  /// Another segment begins.
  void nextSegment() {
    step = Math.min(step, LATER_SEGMENT);
  }
}
