package dev.ttsworker.engine.voice.hibari;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Window plan of the decoder: small first, for the first audio, then large, so that the cost of a
/// run weighs little. It depends on the sentence alone, so that a call with a seed gives the same
/// samples however it was scheduled.
///
/// @param first frames of the first window that are heard
/// @param second frames of the second one
/// @param later frames of all others
record WindowPlan(int first, int second, int later) {
  static final WindowPlan STREAMED = new WindowPlan(21, 64, 160);

  /// The whole sentence in one window.
  static final WindowPlan WHOLE = new WindowPlan(1 << 24, 1 << 24, 1 << 24);

  /// A shorter rest is computed with the window before it.
  private static final int SHORTEST = 32;

  /// Where the window ends that begins at a frame.
  ///
  /// @param start frames of the sentence that are decoded
  /// @param heard the first frame that is needed
  /// @param end just past the last frame that is needed; [Integer#MAX_VALUE] while the sentence
  ///   goes on for more than a window
  int end(int start, int heard, int end) {
    int size = start <= heard ? heard - start + first : start <= heard + first ? second : later;
    return end - start - size < SHORTEST ? end : start + size;
  }

  /// Widths of windows with their context, of which the smallest fits those that are first, second
  /// and later in a sentence; a little more where a rest is computed with them.
  NavigableSet<Integer> widths(int context) {
    return new TreeSet<>(
        List.of(first + 2 * context, second + 2 * context, later + SHORTEST - 1 + 2 * context));
  }

  /// Frames that must be known behind the start of a window of a sentence that goes on.
  int ahead(int context) {
    return Math.max(first, Math.max(second, later)) + SHORTEST + 2 * context;
  }
}
