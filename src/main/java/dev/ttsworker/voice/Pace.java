package dev.ttsworker.voice;

/// How much of a sentence a step should do, and with how many of the processor's threads. The
/// samples do not depend on it.
///
/// @param windowFrames decoder frames wanted from a window stage, at least 1
/// @param threads that a step may compute with, at least 1; a hint
public record Pace(int windowFrames, int threads) {
  public Pace {
    if (windowFrames < 1 || threads < 1) {
      throw new IllegalArgumentException(
          windowFrames + " frames on " + threads + " threads; both must be 1 or more");
    }
  }

  /// On the caller's thread alone.
  public static Pace of(int windowFrames) {
    return new Pace(windowFrames, 1);
  }
}
