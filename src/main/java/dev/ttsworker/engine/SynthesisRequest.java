package dev.ttsworker.engine;

/// Synthesis request: how the text of one call is spoken.
///
/// @param voice speed, speaker and variation
/// @param seed of the call's random numbers; with the same one the same text gives the same samples
/// @param volumeDb added to the voice's own gain
/// @param text how its text is analysed
/// @param words which word timings the sink gets
/// @param reuse which earlier audio of a phrase may be used
/// @param format of the frames that the sink gets
public record SynthesisRequest(
    VoiceSettings voice,
    long seed,
    double volumeDb,
    TextOptions text,
    WordDetail words,
    PhraseReuse reuse,
    AudioFormat format) {
  /// The same with other settings of the voice.
  public SynthesisRequest with(VoiceSettings other) {
    return new SynthesisRequest(other, seed, volumeDb, text, words, reuse, format);
  }
}
