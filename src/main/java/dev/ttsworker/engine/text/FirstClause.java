package dev.ttsworker.engine.text;

import dev.ttsworker.engine.text.ClauseWords.Kind;

/// First-clause split: finds the clause to synthesise on its own when the first words of a call
/// belong to a long sentence, since a voice encodes a whole segment before its first audio.
///
/// The result depends on the text alone. Lengths are weights: a letter of an alphabet weighs 1, a
/// character that stands for a syllable or word as much as its spelling in letters. Constant time
/// per character. Not thread-safe.
final class FirstClause {
  /// A shorter sentence is one segment (decision 0005).
  static final int LONG = 120;

  /// A shorter clause sounds clipped, and a split before a shorter rest reduces no delay.
  static final int SHORTEST_CLAUSE = 20;

  static final int FEWEST_WORDS = 4;
  static final int SHORTEST_REST = 40;

  private static final int LONGEST_WORD = 12;
  private static final int WORD_SIGN = 5;
  private static final int SYLLABLE_SIGN = 3;

  private final ClauseBoundary candidate = new ClauseBoundary();
  private final StringBuilder word = new StringBuilder();
  private boolean firstWords = true;
  private int boundary;
  private int boundaryWeight;
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

  /// Starts the next segment.
  ///
  /// @param spoken whether the segment that ended has words, so that later ones are not the first
  void clear(boolean spoken) {
    firstWords &= !spoken;
    candidate.clear();
    boundary = 0;
    weight = 0;
    words = 0;
    wordsSinceComma = 0;
    commaSeen = false;
    opened = false;
    brackets = 0;
    quoted = false;
    tokenLength = 0;
  }

  /// Whether the text is long, has a clause boundary, and enough text follows it.
  boolean isFound() {
    return boundary > 0 && weight >= LONG && weight - boundaryWeight >= SHORTEST_REST;
  }

  /// Index just past the last character of the clause.
  int boundary() {
    return boundary;
  }

  /// Processes the character that was appended last.
  ///
  /// @param index where it begins
  /// @param end index just past it
  void onCharacter(int c, int index, int end) {
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
      if (boundary == 0) {
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
    boolean unspaced = Punctuation.isUnspacedClauseBoundary(last) && tokenLength > 0;
    if ((tokenLength == 0 || unspaced) && candidate.startsWith(c)) {
      setBoundary();
    }
    last = c;
    hasWord |= Character.isLetterOrDigit(c);
    if (Character.isLetter(c)) {
      spell(c);
    } else if (Punctuation.isApostrophe(c) && !word.isEmpty()) {
      apostrophe = true;
    } else {
      plain = false;
      trackNesting(c);
      if (Punctuation.isUnspacedClauseBoundary(c) && isLongEnough()) {
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

  private void trackNesting(int c) {
    if (Punctuation.isQuote(c)) {
      quoted = !quoted;
    } else if (Punctuation.isOpeningBracket(c)) {
      brackets++;
    } else if (Punctuation.isClosingBracket(c)) {
      brackets = Math.max(0, brackets - 1);
    }
  }

  private void endToken(int end) {
    if (boundary == 0) {
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
        setBoundary();
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

  private void setBoundary() {
    boundary = candidate.index();
    boundaryWeight = candidate.weight();
  }

  private static int weightOf(int c) {
    if (Character.isIdeographic(c)) {
      return WORD_SIGN;
    }
    return Punctuation.isSyllable(c) ? SYLLABLE_SIGN : 1;
  }
}
