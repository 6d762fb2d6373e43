package dev.ttsworker.text;

import java.text.BreakIterator;
import java.util.Locale;

/// Remembers where a sentence can be cut that is too long to be spoken in one go. Not thread-safe.
final class LongSentence {
  /// Most code points in a segment.
  static final int MAX_CODE_POINTS = 400;

  /// A clause that ends before this many characters is too short to be worth the break.
  private static final int SHORTEST_CLAUSE = 100;

  private int clauseEnd;
  private int blank;

  void clear() {
    clauseEnd = 0;
    blank = 0;
  }

  /// Index of the first of the blanks seen last.
  int blank() {
    return blank;
  }

  /// Looks at the character that was appended last, which begins at `index`.
  void look(CharSequence text, int index, int c) {
    if (Marks.isUnspacedClauseEnd(c)) {
      clauseEnd = text.length();
    } else if (Marks.isBlank(c) && index > 0) {
      char before = text.charAt(index - 1);
      if (!Marks.isBlank(before)) {
        blank = index;
      }
      if (Marks.isClauseEnd(before)) {
        clauseEnd = index;
      }
    }
  }

  /// Where to cut a text of one code point more than allowed: after a clause, else at a blank, else
  /// between two characters as people see them, else between two code points.
  ///
  /// @return an index above 0
  int cut(StringBuilder text) {
    int limit = text.offsetByCodePoints(0, MAX_CODE_POINTS);
    if (clauseEnd >= SHORTEST_CLAUSE && clauseEnd <= limit) {
      return clauseEnd;
    }
    if (blank > 0) {
      return blank;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text.toString());
    int boundary = characters.preceding(limit + 1);
    return boundary > 0 ? boundary : limit;
  }
}
