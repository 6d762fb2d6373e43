package dev.ttsworker.session;

import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordDetail;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/// What a caller asked for when it opened its session.
///
/// @param voice speed, speaker and variation
/// @param volumeDb added to the voice's own level
/// @param seed of every call's random numbers; each call draws its own when absent
/// @param maxLead audio computed at most past the real-time play-out of a call
/// @param style how text is read before it is spoken
/// @param words what is told of words
/// @param cache whether phrases may be heard that were spoken before
public record SessionOptions(
    VoiceSettings voice,
    double volumeDb,
    OptionalLong seed,
    Duration maxLead,
    TextOptions style,
    WordDetail words,
    boolean cache) {
  /// Reads options for a voice.
  ///
  /// @param options as in StartSession
  /// @param defaultMaxLead used when the caller does not choose
  /// @param style the same for how text is read; its lexicon holds the caller's own words already
  /// @throws dev.ttsworker.error.WorkerException `INVALID_FIELD`
  public static SessionOptions read(
      Map<String, String> options,
      VoiceDescription voice,
      Duration defaultMaxLead,
      TextOptions style) {
    return OptionReader.read(options, voice, defaultMaxLead, style);
  }
}
