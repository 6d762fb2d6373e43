package dev.ttsworker.text;

/// A piece of text spoken in one go: a sentence, as a rule.
///
/// @param text its wording, trimmed; never blank
/// @param start offset in code points of its first character in the call's whole text
/// @param end offset just past its last character
public record Segment(String text, long start, long end) {
  /// Whether its last character is an end mark, quotes and brackets that close behind it aside.
  public boolean endsSentence() {
    int at = text.length();
    while (at > 0) {
      int c = text.codePointBefore(at);
      if (!Marks.isCloser(c) && !Marks.isBlank(c) && !Speakable.isInvisible(c)) {
        return Marks.isEnd(c);
      }
      at -= Character.charCount(c);
    }
    return false;
  }
}
