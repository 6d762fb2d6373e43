package dev.ttsworker.text.normal;

/// A spoken word and what it was written as. Several words may share what they were written as: all
/// of "four dollars" is "$4".
///
/// @param text without the punctuation around it
/// @param start offset in code points, in the text that was normalised, of what was written
/// @param end offset just past it, above `start`
public record SpokenWord(String text, int start, int end) {
  public SpokenWord {
    if (text.isEmpty() || start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "word \""
              + text
              + "\" at "
              + start
              + " to "
              + end
              + "; needed: a word, 0 <= start < end");
    }
  }
}
