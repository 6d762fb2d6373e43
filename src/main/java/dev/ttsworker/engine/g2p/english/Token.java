package dev.ttsworker.engine.g2p.english;

/// Token: a word, a part of one, or punctuation, with its place in the text.
///
/// @param text as written, with the ASCII apostrophe
/// @param start index of its first UTF-16 unit in the text
/// @param end index just past its last unit
/// @param blank whether a blank follows, or the text ends
/// @param tag Penn part of speech; empty before tagging
/// @param override index of the pronunciation override that it is; -1 when it is none
record Token(String text, int start, int end, boolean blank, String tag, int override) {
  Token withTag(String other) {
    return new Token(text, start, end, blank, other, override);
  }

  boolean isOverride() {
    return override >= 0;
  }

  boolean hasLetterOrDigit() {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }
}
