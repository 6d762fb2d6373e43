package dev.ttsworker.engine.text;

import java.util.function.Predicate;
import java.util.regex.Pattern;

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
  private static final int LONGEST_NOTE = 20;
  private static final Predicate<String> NOTE =
      Pattern.compile("\\[(?:\\^?\\d{1,3}|[a-z]|citation needed|note \\d{1,2})\\]")
          .asMatchPredicate();

  private int index = NOWHERE;
  private EndRule rule = EndRule.NEVER;
  private boolean blankSeen;
  private boolean pieceEnded;
  private int digits;
  private final StringBuilder note = new StringBuilder();
  private final FollowingWord word = new FollowingWord();

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
    note.setLength(0);
  }

  /// Sets or moves the place; nothing has been seen after it.
  void set(int newIndex, EndRule newRule) {
    index = newIndex;
    rule = newRule;
    blankSeen = false;
    pieceEnded = false;
    note.setLength(0);
    word.clear();
  }

  /// A mark, not one of several, is the place.
  ///
  /// @param lastWord the word before it
  void follow(LastWord lastWord, int mark) {
    word.follow(lastWord, mark);
  }

  /// Whether a blank parts what follows from the place, so that the text may be cut there.
  boolean isParted() {
    return switch (rule) {
      case LINE, SHORT_LINE, HEADING, FENCE, ITEM_NUMBER, ITEM_BLANK -> true;
      default -> blankSeen;
    };
  }

  /// The piece of text ended right at the place.
  ///
  /// @return whether the segment ends with it
  boolean endsWithPiece() {
    pieceEnded = true;
    return rule.endsWithPiece();
  }

  /// The text ended.
  ///
  /// @return whether the segment ends at the place, before the words that came after it
  boolean endsWithText() {
    return !word.isEmpty() && isEnd(0);
  }

  private boolean isEnd(int next) {
    return (blankSeen || isParted()) ? word.ends(rule, next) : word.endsWithoutBlank(rule, next);
  }

  /// Looks at the next character, which is neither an end mark nor a closer right at the place.
  Verdict judge(int c) {
    if (!note.isEmpty() || (c == '[' && isBehindMark())) {
      return note(c);
    }
    if (!word.isEmpty()) {
      if (word.take(c)) {
        return (blankSeen || isParted()) ? word.begun(rule) : Verdict.OPEN;
      }
      return isEnd(c) ? Verdict.ENDS : Verdict.GOES_ON;
    }
    if (Punctuation.isLineEnd(c)) {
      return lineEnd();
    }
    boolean blank = Punctuation.isBlank(c);
    Verdict verdict =
        switch (rule) {
          case ANYTHING -> Verdict.ENDS;
          case BLANK, BLANK_LATER -> blank ? Verdict.ENDS : withoutBlank(c);
          case NO_STOP, NEW_SENTENCE -> blank ? Verdict.OPEN : next(c, carriesOn(c));
          case NEVER -> Verdict.GOES_ON;
          case SMALL_LETTER -> Character.isLowerCase(c) ? Verdict.ENDS : Verdict.GOES_ON;
          case LINE, SHORT_LINE, HEADING, FENCE -> blank ? Verdict.OPEN : lineStart(c);
          case ITEM_NUMBER -> itemNumber(c);
          case ITEM_BLANK -> itemBlank(c, blank);
          default -> blank ? Verdict.OPEN : start(c);
        };
    blankSeen |= blank;
    return verdict;
  }

  private boolean isBehindMark() {
    return !blankSeen && word.isEmpty() && !isParted();
  }

  /// Reads the mark of a footnote behind the end mark, `[1]`, which belongs to the segment.
  private Verdict note(int c) {
    note.appendCodePoint(c);
    if (c != ']') {
      return note.length() > LONGEST_NOTE ? Verdict.GOES_ON : Verdict.OPEN;
    }
    if (!NOTE.test(note.toString())) {
      return Verdict.GOES_ON;
    }
    index += note.length();
    note.setLength(0);
    return Verdict.OPEN;
  }

  private boolean carriesOn(int c) {
    return c == '.' || (rule == EndRule.NEW_SENTENCE && Punctuation.carriesOn(c));
  }

  private Verdict next(int c, boolean carriesOn) {
    if (!blankSeen) {
      return withoutBlank(c);
    }
    return carriesOn ? Verdict.GOES_ON : Verdict.ENDS;
  }

  /// Looks at the first character after an abbreviation, an initial or a number.
  private Verdict start(int c) {
    if (!blankSeen) {
      return withoutBlank(c);
    }
    if (Character.isLetter(c) && word.take(c)) {
      return word.begun(rule);
    }
    return switch (rule) {
      case CAPITAL, NO_TIME, NO_OFFICE, NO_NAMESAKE ->
          Punctuation.carriesOn(c) || Character.isDigit(c) ? Verdict.GOES_ON : Verdict.ENDS;
      case NO_NUMBER, NO_MONTH ->
          Character.isDigit(c) && rule == EndRule.NO_NUMBER ? Verdict.GOES_ON : Verdict.ENDS;
      default -> Verdict.GOES_ON;
    };
  }

  private Verdict withoutBlank(int c) {
    if (pieceEnded && Punctuation.startsSentence(c)) {
      switch (rule) {
        case INITIAL -> {
          return Character.isUpperCase(c) ? become(EndRule.SMALL_LETTER) : Verdict.GOES_ON;
        }
        case STARTER, STARTER_NO_NUMBER -> {}
        default -> {
          return Verdict.ENDS;
        }
      }
    }
    if (word.mayStart(c) && word.take(c)) {
      return Verdict.OPEN;
    }
    return word.isEndBefore(c) ? Verdict.ENDS : Verdict.GOES_ON;
  }

  private Verdict lineEnd() {
    return rule.endsAtLine() ? Verdict.ENDS : Verdict.GOES_ON;
  }

  private Verdict lineStart(int c) {
    boolean heading = rule == EndRule.HEADING && Punctuation.startsLine(c);
    if (rule == EndRule.FENCE || c == '|' || Punctuation.isBullet(c) || heading) {
      return Verdict.ENDS;
    }
    if (rule == EndRule.SHORT_LINE && Character.isUpperCase(c) && word.take(c)) {
      return Verdict.OPEN;
    }
    if (Punctuation.isDash(c)) {
      return become(EndRule.ITEM_BLANK);
    }
    digits = 1;
    return Character.isDigit(c) ? become(EndRule.ITEM_NUMBER) : Verdict.GOES_ON;
  }

  private Verdict itemNumber(int c) {
    if (Character.isDigit(c)) {
      return ++digits > Punctuation.LONGEST_ITEM_NUMBER ? Verdict.GOES_ON : Verdict.OPEN;
    }
    return Punctuation.isItemNumberEnd(c) ? become(EndRule.ITEM_BLANK) : Verdict.GOES_ON;
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
