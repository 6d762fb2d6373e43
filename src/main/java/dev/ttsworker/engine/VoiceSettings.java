package dev.ttsworker.engine;

import dev.ttsworker.config.PauseSettings;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Voice settings: prosody and variation of a session or call.
///
/// @param speed 0.5..2.0, 2 is twice as fast
/// @param speaker number of the speaker, for voices with several; the first one when absent
/// @param noiseScale variation of the sound, 0..2; the voice's own when absent
/// @param noiseW variation of the timing, 0..2; the voice's own when absent
/// @param pauses that are added inside sentences
/// @param blend shares of the speakers of a blend, of which `speaker` is the first; none for a
///   single speaker
public record VoiceSettings(
    double speed,
    OptionalInt speaker,
    OptionalDouble noiseScale,
    OptionalDouble noiseW,
    PauseSettings pauses,
    List<SpeakerShare> blend) {
  public static final double SLOWEST = 0.5;
  public static final double FASTEST = 2.0;
  public static final VoiceSettings DEFAULTS =
      new VoiceSettings(1, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /// One without a blend.
  public VoiceSettings(
      double speed,
      OptionalInt speaker,
      OptionalDouble noiseScale,
      OptionalDouble noiseW,
      PauseSettings pauses) {
    this(speed, speaker, noiseScale, noiseW, pauses, List.of());
  }

  /// One that adds no pauses.
  public VoiceSettings(
      double speed, OptionalInt speaker, OptionalDouble noiseScale, OptionalDouble noiseW) {
    this(speed, speaker, noiseScale, noiseW, PauseSettings.NONE);
  }

  /// The same with its speed multiplied, within the limits.
  public VoiceSettings faster(double times) {
    double faster = Math.clamp(speed * times, SLOWEST, FASTEST);
    return new VoiceSettings(faster, speaker, noiseScale, noiseW, pauses, blend);
  }

  public VoiceSettings {
    if (!(speed >= SLOWEST && speed <= FASTEST)) {
      throw new IllegalArgumentException("speed " + speed);
    }
    blend = List.copyOf(blend);
    if (!blend.isEmpty() && speaker.orElse(-1) != blend.getFirst().speaker()) {
      throw new IllegalArgumentException("speaker " + speaker + ", but the blend is " + blend);
    }
  }
}
