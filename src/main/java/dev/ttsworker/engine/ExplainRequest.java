package dev.ttsworker.engine;

import dev.ttsworker.voicepack.Voicepack;
import java.util.List;
import java.util.Optional;

/// Request for text analysis.
///
/// @param voicepack whose front end reads it; empty for eSpeak NG of the first language, British or
///   American English
/// @param languages BCP 47 tags, the most specific first
public record ExplainRequest(
    Optional<Voicepack> voicepack, List<String> languages, TextOptions text) {
  public ExplainRequest {
    languages = List.copyOf(languages);
  }
}
