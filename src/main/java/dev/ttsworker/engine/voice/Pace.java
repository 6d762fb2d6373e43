package dev.ttsworker.engine.voice;

/// Pace of a rendering step: how many frames, on how many threads, by when. The samples do not
/// depend on it.
///
/// @param windowFrames decoder frames wanted from a window stage, at least 1
/// @param threads that a step may compute with, at least 1; a hint
/// @param deadlineNanos the play-out deadline, by [System#nanoTime]; the largest number when nobody
///   listens in real time
public record Pace(int windowFrames, int threads, long deadlineNanos) {
  public Pace {
    if (windowFrames < 1 || threads < 1) {
      throw new IllegalArgumentException(
          windowFrames + " frames on " + threads + " threads; both must be 1 or more");
    }
  }

  /// Without hurry.
  public Pace(int windowFrames, int threads) {
    this(windowFrames, threads, Long.MAX_VALUE);
  }

  /// On the caller's thread alone, without hurry.
  public static Pace of(int windowFrames) {
    return new Pace(windowFrames, 1);
  }

  /// The same, in time for a listener.
  public Pace by(long newDeadlineNanos) {
    return new Pace(windowFrames, threads, newDeadlineNanos);
  }
}
