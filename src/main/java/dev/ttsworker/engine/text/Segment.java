package dev.ttsworker.engine.text;

/// Text segment: the unit of synthesis, usually a sentence.
///
/// @param text trimmed; never blank
/// @param start offset in code points of its first character in the call's whole text
/// @param end offset just past its last character
public record Segment(String text, long start, long end) {
  /// Kind of the last punctuation of a segment, closing quotes and brackets ignored.
  public enum Ending {
    SENTENCE,
    /// A semicolon, colon or dash.
    CLAUSE,
    COMMA,
    NONE
  }

  /// The kind of punctuation that it ends with.
  public Ending ending() {
    int at = text.length();
    while (at > 0) {
      int c = text.codePointBefore(at);
      if (!Punctuation.isCloser(c) && !Punctuation.isBlank(c) && !Speakable.isInvisible(c)) {
        return ending(c);
      }
      at -= Character.charCount(c);
    }
    return Ending.NONE;
  }

  private static Ending ending(int c) {
    if (Punctuation.isEnd(c)) {
      return Ending.SENTENCE;
    }
    if (Punctuation.isComma(c)) {
      return Ending.COMMA;
    }
    boolean clause = Punctuation.isClauseEnd(c) || Punctuation.isUnspacedClauseEnd(c);
    return clause ? Ending.CLAUSE : Ending.NONE;
  }
}
