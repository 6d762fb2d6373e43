package dev.ttsworker.engine.voice;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/// How a session wants a voice to speak.
///
/// @param speed 0.5..2.0, 2 is twice as fast
/// @param speaker number of the speaker, for voices with several; the first one when absent
/// @param noiseScale variation of the sound, 0..2; the voice's own when absent
/// @param noiseW variation of the timing, 0..2; the voice's own when absent
/// @param pauses that are added inside sentences
public record VoiceSettings(
    double speed,
    OptionalInt speaker,
    OptionalDouble noiseScale,
    OptionalDouble noiseW,
    MarkPauses pauses) {
  public static final double SLOWEST = 0.5;
  public static final double FASTEST = 2.0;
  public static final VoiceSettings DEFAULTS =
      new VoiceSettings(1, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /// One that adds no pauses.
  public VoiceSettings(
      double speed, OptionalInt speaker, OptionalDouble noiseScale, OptionalDouble noiseW) {
    this(speed, speaker, noiseScale, noiseW, MarkPauses.NONE);
  }

  /// The same so many times as fast, within what is allowed.
  public VoiceSettings faster(double times) {
    double faster = Math.clamp(speed * times, SLOWEST, FASTEST);
    return new VoiceSettings(faster, speaker, noiseScale, noiseW, pauses);
  }

  public VoiceSettings {
    if (!(speed >= SLOWEST && speed <= FASTEST)) {
      throw new IllegalArgumentException("speed " + speed);
    }
  }
}
