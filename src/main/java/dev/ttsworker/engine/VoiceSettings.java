package dev.ttsworker.engine;

import dev.ttsworker.config.PauseSettings;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Voice settings: prosody and variation of a session or call.
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
    PauseSettings pauses) {
  public static final double SLOWEST = 0.5;
  public static final double FASTEST = 2.0;
  public static final VoiceSettings DEFAULTS =
      new VoiceSettings(1, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /// One that adds no pauses.
  public VoiceSettings(
      double speed, OptionalInt speaker, OptionalDouble noiseScale, OptionalDouble noiseW) {
    this(speed, speaker, noiseScale, noiseW, PauseSettings.NONE);
  }

  /// The same with its speed multiplied, within the limits.
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
