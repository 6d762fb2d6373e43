package dev.ttsworker.session;

import dev.ttsworker.engine.AudioEncoding;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Request for a call that has a session of its own, which ends with it.
///
/// @param modelId empty for the default model
/// @param options as in StartSession
/// @param encoding of its frames
/// @param maxLead the lead at which synthesis pauses, unless the options say it; empty for the
///   default of sessions
public record StandaloneCall(
    Protocol protocol,
    String modelId,
    Map<String, String> options,
    AudioEncoding encoding,
    Optional<Duration> maxLead) {
  public StandaloneCall {
    options = Map.copyOf(options);
  }
}
