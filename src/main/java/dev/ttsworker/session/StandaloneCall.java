package dev.ttsworker.session;

import dev.ttsworker.engine.AudioEncoding;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Request for a call that has a session of its own, which ends with it.
///
/// @param sessionId what its caller calls the session, in the log and on frames; empty for a name
///   of the worker's
/// @param modelId empty for the default model
/// @param options as in StartSession
/// @param encoding of its frames
/// @param maxLead the lead at which synthesis pauses, unless the options say it; empty for the
///   default of sessions
public record StandaloneCall(
    Protocol protocol,
    String sessionId,
    String modelId,
    Map<String, String> options,
    AudioEncoding encoding,
    Optional<Duration> maxLead) {
  public StandaloneCall {
    options = Map.copyOf(options);
  }

  /// A call of `tts.TTSService`, with the lead of sessions.
  public static StandaloneCall ofTts(
      String sessionId, String modelId, Map<String, String> options) {
    return new StandaloneCall(
        Protocol.TTS, sessionId, modelId, options, AudioEncoding.PCM_S16LE, Optional.empty());
  }

  /// A call whose protocol has no sessions.
  public StandaloneCall(
      Protocol protocol,
      String modelId,
      Map<String, String> options,
      AudioEncoding encoding,
      Optional<Duration> maxLead) {
    this(protocol, "", modelId, options, encoding, maxLead);
  }
}
