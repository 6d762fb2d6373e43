package dev.ttsworker.engine.voice;

/// When a phoneme is said.
///
/// @param text in IPA, with its stress and length
/// @param start samples of the rendering before it, at the voice's sample rate
/// @param end samples of the rendering up to its end
public record AlignedPhoneme(String text, long start, long end) {}
