package dev.ttsworker.session;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordDetail;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/// Options of a session, as chosen by its caller.
///
/// @param voice speed, speaker and variation
/// @param volumeDb gain added to the voice's own level
/// @param seed of every call's random numbers; each call draws its own when absent
/// @param maxLead maximum audio computed ahead of real-time play-out
/// @param text text front-end options
/// @param words which word timings are reported
/// @param cache whether cached phrases may be used
/// @param format of the frames
public record SessionOptions(
    VoiceSettings voice,
    double volumeDb,
    OptionalLong seed,
    Duration maxLead,
    TextOptions text,
    WordDetail words,
    boolean cache,
    AudioFormat format) {
  /// The same with frames of another encoding.
  SessionOptions with(AudioEncoding encoding) {
    return new SessionOptions(
        voice,
        volumeDb,
        seed,
        maxLead,
        text,
        words,
        cache,
        new AudioFormat(format.sampleRateHz(), encoding));
  }

  /// Whether there is an option of this name.
  public static boolean isKey(String name) {
    return OptionReader.isKey(name);
  }

  /// Parses options for a voice.
  ///
  /// @param options as in StartSession
  /// @param defaultMaxLead used when the caller does not choose
  /// @param text default text options; its lexicon includes the caller's own entries already
  /// @throws dev.ttsworker.error.WorkerException `INVALID_FIELD`
  public static SessionOptions read(
      Map<String, String> options,
      VoiceDescription voice,
      Duration defaultMaxLead,
      TextOptions text) {
    return OptionReader.read(options, voice, defaultMaxLead, text);
  }
}
