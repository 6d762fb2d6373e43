package dev.ttsworker.engine.text;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Sentence boundary candidate: an index where the segment may end, and the text seen after it.
/// Constant time per character. Not thread-safe.
final class BoundaryCandidate {
  /// Decision after the next character.
  enum Verdict {
    /// The segment ends there.
    BOUNDARY,
    /// The sentence continues.
    NO_BOUNDARY,
    /// More text is needed.
    UNDECIDED
  }

  private static final int NOWHERE = -1;
  private static final int LONGEST_NOTE = 20;
  private static final Predicate<String> NOTE =
      Pattern.compile("\\[(?:\\^?\\d{1,3}|[a-z]|citation needed|note \\d{1,2})\\]")
          .asMatchPredicate();

  private int index = NOWHERE;
  private BoundaryRule rule = BoundaryRule.NEVER;
  private boolean blankSeen;
  private boolean chunkEnded;
  private int digits;
  private final StringBuilder note = new StringBuilder();
  private final FollowingWord word;

  /// @param stops of the language
  BoundaryCandidate(FullStopRules stops) {
    this.word = new FollowingWord(stops);
  }

  boolean isSet() {
    return index != NOWHERE;
  }

  /// Index just past the last character of the segment.
  int index() {
    return index;
  }

  BoundaryRule rule() {
    return rule;
  }

  void clear() {
    index = NOWHERE;
    note.setLength(0);
  }

  /// Sets or moves the candidate; nothing has been seen after it.
  void set(int newIndex, BoundaryRule newRule) {
    index = newIndex;
    rule = newRule;
    blankSeen = false;
    chunkEnded = false;
    note.setLength(0);
    word.clear();
  }

  /// Sets the left context of single end punctuation.
  ///
  /// @param lastWord the word before it
  void setContext(LastWord lastWord, int mark) {
    word.setContext(lastWord, mark);
  }

  /// Whether a blank separates the following text from the candidate, so that the text may be split
  /// there.
  boolean isSeparated() {
    return switch (rule) {
      case LINE, SHORT_LINE, HEADING, FENCE, ITEM_NUMBER, ITEM_BLANK -> true;
      default -> blankSeen;
    };
  }

  /// Processes the end of a text chunk right at the candidate.
  ///
  /// @return whether the segment ends there
  boolean endsWithChunk() {
    chunkEnded = true;
    return rule.endsWithChunk();
  }

  /// Processes the end of the text.
  ///
  /// @return whether the segment ends at the candidate, before the words after it
  boolean endsWithText() {
    return !word.isEmpty() && isEnd(0);
  }

  private boolean isEnd(int next) {
    return (blankSeen || isSeparated()) ? word.ends(rule, next) : word.endsWithoutBlank(rule, next);
  }

  /// Processes the next character, which is neither end punctuation nor a closing quote right at
  /// the candidate.
  Verdict decide(int c) {
    if (!note.isEmpty() || (c == '[' && isBehindMark())) {
      return note(c);
    }
    if (!word.isEmpty()) {
      if (word.append(c)) {
        return (blankSeen || isSeparated()) ? word.verdictSoFar(rule) : Verdict.UNDECIDED;
      }
      return isEnd(c) ? Verdict.BOUNDARY : Verdict.NO_BOUNDARY;
    }
    if (Punctuation.isLineEnd(c)) {
      return lineEnd();
    }
    boolean blank = Punctuation.isBlank(c);
    Verdict verdict =
        switch (rule) {
          case ANYTHING -> Verdict.BOUNDARY;
          case BLANK, BLANK_LATER -> blank ? Verdict.BOUNDARY : withoutBlank(c);
          case NO_STOP, NEW_SENTENCE -> blank ? Verdict.UNDECIDED : next(c, continuesSentence(c));
          case NEVER -> Verdict.NO_BOUNDARY;
          case SMALL_LETTER -> Character.isLowerCase(c) ? Verdict.BOUNDARY : Verdict.NO_BOUNDARY;
          case LINE, SHORT_LINE, HEADING, FENCE -> blank ? Verdict.UNDECIDED : lineStart(c);
          case ITEM_NUMBER -> itemNumber(c);
          case ITEM_BLANK -> itemBlank(c, blank);
          default -> blank ? Verdict.UNDECIDED : start(c);
        };
    blankSeen |= blank;
    return verdict;
  }

  private boolean isBehindMark() {
    return !blankSeen && word.isEmpty() && !isSeparated();
  }

  /// Reads a footnote reference after the end punctuation, `[1]`, which belongs to the segment.
  private Verdict note(int c) {
    note.appendCodePoint(c);
    if (c != ']') {
      return note.length() > LONGEST_NOTE ? Verdict.NO_BOUNDARY : Verdict.UNDECIDED;
    }
    if (!NOTE.test(note.toString())) {
      return Verdict.NO_BOUNDARY;
    }
    index += note.length();
    note.setLength(0);
    return Verdict.UNDECIDED;
  }

  private boolean continuesSentence(int c) {
    return c == '.' || (rule == BoundaryRule.NEW_SENTENCE && Punctuation.continuesSentence(c));
  }

  private Verdict next(int c, boolean continuesSentence) {
    if (!blankSeen) {
      return withoutBlank(c);
    }
    return continuesSentence ? Verdict.NO_BOUNDARY : Verdict.BOUNDARY;
  }

  /// Processes the first character after an abbreviation, an initial or a number.
  private Verdict start(int c) {
    if (!blankSeen) {
      return withoutBlank(c);
    }
    if (Character.isLetter(c) && word.append(c)) {
      return word.verdictSoFar(rule);
    }
    return switch (rule) {
      case CAPITAL, NO_TIME, NO_OFFICE, NO_NAMESAKE, NO_ORDINAL ->
          Punctuation.continuesSentence(c) || Character.isDigit(c)
              ? Verdict.NO_BOUNDARY
              : Verdict.BOUNDARY;
      case NO_NUMBER, NO_MONTH ->
          Character.isDigit(c) && rule == BoundaryRule.NO_NUMBER
              ? Verdict.NO_BOUNDARY
              : Verdict.BOUNDARY;
      default -> Punctuation.opensSentence(c) ? Verdict.BOUNDARY : Verdict.NO_BOUNDARY;
    };
  }

  private Verdict withoutBlank(int c) {
    if (chunkEnded && Punctuation.startsSentence(c)) {
      switch (rule) {
        case INITIAL -> {
          return Character.isUpperCase(c) ? become(BoundaryRule.SMALL_LETTER) : Verdict.NO_BOUNDARY;
        }
        case STARTER, STARTER_NO_NUMBER, ORDINAL, LETTER -> {}
        default -> {
          return Verdict.BOUNDARY;
        }
      }
    }
    if (word.mayStart(c) && word.append(c)) {
      return Verdict.UNDECIDED;
    }
    return word.isEndBefore(c) ? Verdict.BOUNDARY : Verdict.NO_BOUNDARY;
  }

  private Verdict lineEnd() {
    return rule.endsAtLine() ? Verdict.BOUNDARY : Verdict.NO_BOUNDARY;
  }

  private Verdict lineStart(int c) {
    boolean heading = rule == BoundaryRule.HEADING && Punctuation.startsLine(c);
    if (rule == BoundaryRule.FENCE || c == '|' || Punctuation.isBullet(c) || heading) {
      return Verdict.BOUNDARY;
    }
    if (rule == BoundaryRule.SHORT_LINE && Character.isUpperCase(c) && word.append(c)) {
      return Verdict.UNDECIDED;
    }
    if (Punctuation.isDash(c)) {
      return become(BoundaryRule.ITEM_BLANK);
    }
    digits = 1;
    return Character.isDigit(c) ? become(BoundaryRule.ITEM_NUMBER) : Verdict.NO_BOUNDARY;
  }

  private Verdict itemNumber(int c) {
    if (Character.isDigit(c)) {
      return ++digits > Punctuation.LONGEST_ITEM_NUMBER ? Verdict.NO_BOUNDARY : Verdict.UNDECIDED;
    }
    return Punctuation.isItemNumberEnd(c) ? become(BoundaryRule.ITEM_BLANK) : Verdict.NO_BOUNDARY;
  }

  private static Verdict itemBlank(int c, boolean blank) {
    if (blank) {
      return Verdict.BOUNDARY;
    }
    return c == '#' ? Verdict.UNDECIDED : Verdict.NO_BOUNDARY;
  }

  private Verdict become(BoundaryRule next) {
    rule = next;
    return Verdict.UNDECIDED;
  }
}
