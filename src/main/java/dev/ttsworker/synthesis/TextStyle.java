package dev.ttsworker.synthesis;

import dev.ttsworker.text.markup.Lexicon;

/// How text is read before it is spoken.
///
/// @param normalized whether figures, signs and abbreviations are written out
/// @param emojiSaid whether emoji are called by their names when it is
/// @param marked whether marks in the text say how it is spoken; else they are text
/// @param lexicon how single words are said
public record TextStyle(boolean normalized, boolean emojiSaid, boolean marked, Lexicon lexicon) {
  /// Nothing is written out, nothing is a mark.
  public static final TextStyle AS_WRITTEN = new TextStyle(false, false, false, Lexicon.EMPTY);
}
