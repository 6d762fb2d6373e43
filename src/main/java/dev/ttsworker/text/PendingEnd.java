package dev.ttsworker.text;

/// A place where the segment may end, and what has been seen after it. Each character costs the
/// same. Not thread-safe.
final class PendingEnd {
  /// What the next character makes of the place.
  enum Verdict {
    /// The segment ends there.
    ENDS,
    /// It does not.
    GOES_ON,
    /// It is not certain yet.
    OPEN
  }

  private static final int NOWHERE = -1;

  private int index = NOWHERE;
  private EndRule rule = EndRule.NEVER;
  private boolean blankSeen;
  private boolean pieceEnded;
  private int digits;

  boolean isSet() {
    return index != NOWHERE;
  }

  /// Index just past the last character of the segment.
  int index() {
    return index;
  }

  EndRule rule() {
    return rule;
  }

  void clear() {
    index = NOWHERE;
  }

  /// Sets or moves the place; nothing has been seen after it.
  void set(int newIndex, EndRule newRule) {
    index = newIndex;
    rule = newRule;
    blankSeen = false;
    pieceEnded = false;
  }

  /// The piece of text ended right at the place.
  ///
  /// @return whether the segment ends with it
  boolean endsWithPiece() {
    pieceEnded = true;
    return rule.endsWithPiece();
  }

  /// Looks at the next character, which is neither an end mark nor a closer right at the place.
  Verdict judge(int c) {
    if (Marks.isLineEnd(c)) {
      return lineEnd();
    }
    boolean blank = Marks.isBlank(c);
    Verdict verdict =
        switch (rule) {
          case ANYTHING -> Verdict.ENDS;
          case BLANK, BLANK_LATER -> blank ? Verdict.ENDS : withoutBlank(c);
          case NEW_SENTENCE -> blank ? Verdict.OPEN : next(c, Marks.carriesOn(c));
          case CAPITAL ->
              blank ? Verdict.OPEN : next(c, Marks.carriesOn(c) || Character.isDigit(c));
          case NO_DIGIT -> blank ? Verdict.OPEN : next(c, Character.isDigit(c));
          case INITIAL ->
              pieceEnded && Character.isUpperCase(c)
                  ? become(EndRule.SMALL_LETTER)
                  : Verdict.GOES_ON;
          case SMALL_LETTER -> Character.isLowerCase(c) ? Verdict.ENDS : Verdict.GOES_ON;
          case NEVER -> Verdict.GOES_ON;
          case LINE -> blank ? Verdict.OPEN : lineStart(c);
          case ITEM_NUMBER -> itemNumber(c);
          case ITEM_BLANK -> itemBlank(c, blank);
        };
    blankSeen |= blank;
    return verdict;
  }

  private Verdict next(int c, boolean carriesOn) {
    if (!blankSeen) {
      return withoutBlank(c);
    }
    return carriesOn ? Verdict.GOES_ON : Verdict.ENDS;
  }

  private Verdict withoutBlank(int c) {
    return pieceEnded && Marks.startsSentence(c) ? Verdict.ENDS : Verdict.GOES_ON;
  }

  private Verdict lineEnd() {
    return rule.endsAtLine() ? Verdict.ENDS : Verdict.GOES_ON;
  }

  private Verdict lineStart(int c) {
    if (Marks.isBullet(c)) {
      return Verdict.ENDS;
    }
    if (Marks.isDash(c)) {
      return become(EndRule.ITEM_BLANK);
    }
    digits = 1;
    return Character.isDigit(c) ? become(EndRule.ITEM_NUMBER) : Verdict.GOES_ON;
  }

  private Verdict itemNumber(int c) {
    if (Character.isDigit(c)) {
      return ++digits > Marks.LONGEST_ITEM_NUMBER ? Verdict.GOES_ON : Verdict.OPEN;
    }
    return Marks.isItemNumberEnd(c) ? become(EndRule.ITEM_BLANK) : Verdict.GOES_ON;
  }

  private static Verdict itemBlank(int c, boolean blank) {
    if (blank) {
      return Verdict.ENDS;
    }
    return c == '#' ? Verdict.OPEN : Verdict.GOES_ON;
  }

  private Verdict become(EndRule next) {
    rule = next;
    return Verdict.OPEN;
  }
}
