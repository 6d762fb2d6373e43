package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.text.SpokenWord;
import java.util.ArrayList;
import java.util.List;

/// Place of a word in the text.
///
/// @param start index of its first UTF-16 unit
/// @param end index just past its last; as `start` when the text does not have the word there
record WordPlace(int start, int end) {
  /// The place of each word, one behind the other.
  ///
  /// @param text without control characters
  static List<WordPlace> locate(String text, List<SpokenWord> words) {
    List<WordPlace> places = new ArrayList<>(words.size());
    int at = 0;
    for (SpokenWord word : words) {
      String said = dev.ttsworker.engine.g2p.Utf16Sanitizer.clean(word.said());
      int start = at;
      while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
        start++;
      }
      if (!text.startsWith(said, start)) {
        start = near(text, said, at);
      }
      int end = start < 0 ? at : start + said.length();
      places.add(new WordPlace(start < 0 ? at : start, end));
      at = end;
    }
    return places;
  }

  /// Signs may stand between words, but not much text; -1 when the word is not there.
  private static int near(String text, String said, int from) {
    int limit = Math.min(text.length(), from + said.length() + 1_000);
    int found = text.substring(from, limit).indexOf(said);
    return found < 0 ? -1 : from + found;
  }

  boolean overlaps(Token token) {
    return token.start() < end && start < token.end();
  }
}
