package dev.ttsworker.engine.text;

import java.text.BreakIterator;
import java.util.Locale;

/// Split point of a sentence that exceeds the segment limit: near the middle of the text at that
/// moment, so that both parts are long enough, however soon the sentence ends. Depends on the text
/// alone. Not thread-safe.
final class LongSentence {
  /// Most code points in a segment.
  static final int MAX_CODE_POINTS = 400;

  /// Shorter parts sound clipped.
  private static final int SHORTEST_PART = 80;

  private static final int MIDDLE = MAX_CODE_POINTS / 2;
  private static final int FURTHEST = MIDDLE - SHORTEST_PART;

  private final Nearest clause = new Nearest();
  private final Nearest word = new Nearest();
  private int blank;

  void clear() {
    clause.clear();
    word.clear();
    blank = 0;
  }

  /// Index of the first blank of the last run of blanks.
  int blank() {
    return blank;
  }

  /// Processes the character that was appended last, which begins at `index`.
  ///
  /// @param codePoints in the text, with this one
  void onCharacter(CharSequence text, int index, int c, int codePoints) {
    if (Punctuation.isUnspacedClauseEnd(c)) {
      clause.consider(text.length(), codePoints);
    } else if (Punctuation.isBlank(c) && index > 0) {
      char before = text.charAt(index - 1);
      if (!Punctuation.isBlank(before)) {
        blank = index;
        word.consider(index, codePoints - 1);
      }
      if (Punctuation.isClauseEnd(before)) {
        clause.consider(index, codePoints - 1);
      }
    }
  }

  /// Where to split a text of one code point more than allowed: after a clause, else at a blank,
  /// else between two grapheme clusters, else between two code points.
  ///
  /// @return an index above 0
  int splitIndex(StringBuilder text) {
    if (clause.isFound()) {
      return clause.index;
    }
    if (word.isFound()) {
      return word.index;
    }
    int middle = text.offsetByCodePoints(0, MIDDLE);
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text.toString());
    int boundary = characters.preceding(middle + 1);
    return boundary >= text.offsetByCodePoints(0, SHORTEST_PART) ? boundary : middle;
  }

  /// The candidate nearest to the middle.
  private static final class Nearest {
    private int index;
    private int distance;

    Nearest() {
      clear();
    }

    void clear() {
      index = 0;
      distance = FURTHEST + 1;
    }

    void consider(int position, int codePointsBefore) {
      int fromMiddle = Math.abs(codePointsBefore - MIDDLE);
      if (fromMiddle < distance) {
        index = position;
        distance = fromMiddle;
      }
    }

    boolean isFound() {
      return index > 0;
    }
  }
}
