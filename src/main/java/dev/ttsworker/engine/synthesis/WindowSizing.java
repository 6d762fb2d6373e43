package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.voice.Pace;
import java.util.OptionalLong;

/// Window size: how many decoder frames the next window has. No more audio than is buffered, so
/// that it is there in time, out of a few sizes. A larger window costs less per frame, but keeps a
/// thread from more urgent work for longer. The samples do not depend on it.
final class WindowSizing {
  /// About 93 ms of audio at 22,050 Hz.
  static final int SMALLEST = 8;

  private static final int[] SIZES = {SMALLEST, 16, 32, 64};

  /// A decoder frame of 256 samples at 22,050 Hz; other voices come near enough.
  private static final long FRAME_NANOS = 11_610_000;

  private WindowSizing() {}

  /// How to do the next step.
  ///
  /// @param leadNanos buffered audio; empty when nobody listens in real time
  /// @param calm whether no other job runs or waits
  /// @param threads that compute speech
  static Pace pace(OptionalLong leadNanos, boolean calm, int threads) {
    boolean urgent = leadNanos.isPresent() && leadNanos.getAsLong() < SMALLEST * FRAME_NANOS;
    return new Pace(frames(leadNanos, calm), urgent && calm ? threads : 1);
  }

  /// The size of the next window.
  ///
  /// @param leadNanos buffered audio; empty when nobody listens in real time
  /// @param calm whether no other job runs or waits: else the first window is larger, since the
  ///   second one may have to wait
  static int frames(OptionalLong leadNanos, boolean calm) {
    if (leadNanos.isEmpty()) {
      return SIZES[SIZES.length - 1];
    }
    int size = calm || leadNanos.getAsLong() > 0 ? 0 : 1;
    while (size + 1 < SIZES.length && SIZES[size + 1] * FRAME_NANOS <= leadNanos.getAsLong()) {
      size++;
    }
    return SIZES[size];
  }
}
