package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.voice.Voice;
import dev.ttsworker.engine.voice.VoiceSettings;

/// What one call wants spoken with.
///
/// @param voice leased by the caller for as long as the call runs
/// @param seed of the call's random numbers
/// @param volumeDb added to the voice's own gain
/// @param style how its text is read
/// @param words what is told of words
/// @param repeats which earlier takes of a phrase will do
public record SpeechOrder(
    Voice voice,
    VoiceSettings settings,
    long seed,
    double volumeDb,
    TextStyle style,
    WordDetail words,
    PhraseReuse repeats) {
  /// The same in another manner.
  SpeechOrder with(VoiceSettings other) {
    return new SpeechOrder(voice, other, seed, volumeDb, style, words, repeats);
  }
}
