package dev.ttsworker.config;

import java.time.Duration;

/// `synthesis.*`.
///
/// @param maxLead audio computed at most past the real-time play-out of a call
/// @param phraseCacheMb most memory of phrases that are kept to be said again; 0 keeps none
/// @param phraseCacheMaxChars longer phrases are not kept
/// @param phonemes who finds the phonemes of voices that were trained on those of eSpeak NG
public record SynthesisSettings(
    Duration maxLead, int phraseCacheMb, int phraseCacheMaxChars, Phonemes phonemes) {
  /// Front end of Piper voices.
  public enum Phonemes {
    /// eSpeak NG, for all languages.
    ESPEAK,
    /// The English front end for American and British English; eSpeak NG for all else.
    BUILTIN
  }
}
