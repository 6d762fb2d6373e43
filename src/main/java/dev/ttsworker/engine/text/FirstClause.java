package dev.ttsworker.engine.text;

import dev.ttsworker.engine.text.ClauseWords.Kind;

/// Finds the clause that can be spoken by itself when the first words of a call are those of a long
/// sentence: the voice has to look at all of a segment before it makes any sound.
///
/// It depends on the text alone. Lengths are weights: a letter of an alphabet weighs 1, one that
/// stands for a syllable or word as much as the letters that it takes to write its sound. Each
/// character costs the same. Not thread-safe.
final class FirstClause {
  /// A shorter sentence is spoken in one go; its text stage takes about 30 ms on a small machine.
  static final int LONG = 120;

  /// A clause sounds chopped when it is shorter, and no listener gains from it when the rest is.
  static final int SHORTEST_CLAUSE = 20;

  static final int FEWEST_WORDS = 4;
  static final int SHORTEST_REST = 40;

  private static final int LONGEST_WORD = 12;
  private static final int WORD_SIGN = 5;
  private static final int SYLLABLE_SIGN = 3;

  private final ClauseBorder candidate = new ClauseBorder();
  private final StringBuilder word = new StringBuilder();
  private boolean firstWords = true;
  private int border;
  private int borderWeight;
  private int weight;
  private int words;
  private int wordsSinceComma;
  private boolean commaSeen;
  private boolean opened;
  private int brackets;
  private boolean quoted;
  private int tokenLength;
  private boolean plain;
  private boolean apostrophe;
  private boolean hasWord;
  private int last;

  /// A segment ended; the next one begins.
  ///
  /// @param spoken whether there are words in it, so that later ones are not the first
  void clear(boolean spoken) {
    firstWords &= !spoken;
    candidate.clear();
    border = 0;
    weight = 0;
    words = 0;
    wordsSinceComma = 0;
    commaSeen = false;
    opened = false;
    brackets = 0;
    quoted = false;
    tokenLength = 0;
  }

  /// Whether the text is long, a clause ends in it, and enough follows.
  boolean isFound() {
    return border > 0 && weight >= LONG && weight - borderWeight >= SHORTEST_REST;
  }

  /// Index just past the last character of the clause.
  int border() {
    return border;
  }

  /// Looks at the character that was appended last.
  ///
  /// @param index where it begins
  /// @param end index just past it
  void look(int c, int index, int end) {
    if (!firstWords) {
      return;
    }
    if (Punctuation.isBlank(c)) {
      if (tokenLength > 0) {
        weight++;
        endToken(index);
      }
    } else {
      weight += weightOf(c);
      if (border == 0) {
        read(c, end);
      }
      tokenLength++;
    }
  }

  private void read(int c, int end) {
    if (tokenLength == 0) {
      word.setLength(0);
      plain = true;
      apostrophe = false;
      hasWord = false;
    }
    boolean unspaced = Punctuation.isUnspacedClauseBorder(last) && tokenLength > 0;
    if ((tokenLength == 0 || unspaced) && candidate.startsWith(c)) {
      take();
    }
    last = c;
    hasWord |= Character.isLetterOrDigit(c);
    if (Character.isLetter(c)) {
      spell(c);
    } else if (Punctuation.isApostrophe(c) && !word.isEmpty()) {
      apostrophe = true;
    } else {
      plain = false;
      nest(c);
      if (Punctuation.isUnspacedClauseBorder(c) && isLongEnough()) {
        candidate.setMark(end, weight);
      }
    }
  }

  private void spell(int c) {
    if (word.length() >= LONGEST_WORD) {
      plain = false;
    } else if (!apostrophe) {
      word.appendCodePoint(Character.toLowerCase(c));
    }
  }

  private void nest(int c) {
    if (Punctuation.isQuote(c)) {
      quoted = !quoted;
    } else if (Punctuation.isOpeningBracket(c)) {
      brackets++;
    } else if (Punctuation.isClosingBracket(c)) {
      brackets = Math.max(0, brackets - 1);
    }
  }

  private void endToken(int end) {
    if (border == 0) {
      endToken(end, plain ? word.toString() : "");
    }
    tokenLength = 0;
  }

  private void endToken(int end, String spelled) {
    if (hasWord) {
      words++;
      wordsSinceComma++;
      opened |= words == 1 && ClauseWords.is(spelled, Kind.OPENER);
      if (last != ',' && candidate.continuesWith(spelled)) {
        take();
        return;
      }
    }
    if (last == ',') {
      comma(end);
    } else if (last == ';' || last == ':') {
      mark(end, false);
    } else if (Punctuation.isSpacedDash(last) && tokenLength == 1) {
      mark(end, true);
    }
  }

  private void comma(int end) {
    candidate.clear();
    boolean afterConjunction = ClauseWords.isConjunction(word.toString());
    if (isLongEnough() && words >= FEWEST_WORDS && !afterConjunction) {
      candidate.setComma(end, weight, opened, commaSeen, wordsSinceComma);
    }
    commaSeen = true;
    wordsSinceComma = 0;
  }

  private void mark(int end, boolean dash) {
    candidate.clear();
    if (isLongEnough() && words >= FEWEST_WORDS) {
      if (dash) {
        candidate.setDash(end, weight);
      } else {
        candidate.setMark(end, weight);
      }
    }
  }

  private boolean isLongEnough() {
    return weight >= SHORTEST_CLAUSE && brackets == 0 && !quoted;
  }

  private void take() {
    border = candidate.index();
    borderWeight = candidate.weight();
  }

  private static int weightOf(int c) {
    if (Character.isIdeographic(c)) {
      return WORD_SIGN;
    }
    return Punctuation.isSyllable(c) ? SYLLABLE_SIGN : 1;
  }
}
