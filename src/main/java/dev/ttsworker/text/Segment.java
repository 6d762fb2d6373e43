package dev.ttsworker.text;

/// A piece of text spoken in one go: a sentence, as a rule.
///
/// @param text its wording, trimmed; never blank
/// @param start offset in code points of its first character in the call's whole text
/// @param end offset just past its last character
public record Segment(String text, long start, long end) {}
