package dev.ttsworker.engine;

import java.time.Duration;

/// Summary of a synthesised call.
///
/// @param frames frames of 20 ms handed to the sink
/// @param computing time that inference threads spent on it
public record SynthesisSummary(long frames, Duration computing) {
  /// A call that was not spoken to its end.
  public static final SynthesisSummary NOTHING = new SynthesisSummary(0, Duration.ZERO);

  /// Seconds of computation per second of audio; 0 without audio.
  public double realTimeFactor() {
    double audioSeconds = frames * 0.020;
    return frames == 0 ? 0 : computing.toNanos() / 1e9 / audioSeconds;
  }
}
