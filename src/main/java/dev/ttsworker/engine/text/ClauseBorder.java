package dev.ttsworker.engine.text;

import dev.ttsworker.engine.text.ClauseWords.Kind;

/// A mark at which a clause may end, and what the words after it say. Not thread-safe.
final class ClauseBorder {
  /// A listed item is shorter; words between two commas from which on "and the" begins a clause.
  private static final int LONGER_THAN_AN_ITEM = 6;

  /// The same for "and she", which is hardly ever an item.
  private static final int LONGER_THAN_A_NAME = 3;

  /// Words after "and the" without a comma, to be sure that no further item follows.
  private static final int WORDS_TO_BE_SURE = 3;

  /// What is awaited.
  private enum Awaits {
    /// Nothing: there is no mark.
    NOTHING,
    /// A letter, after a mark that parts clauses by itself.
    LETTER,
    /// A letter that is not a capital, after a dash: not "Monday – Friday".
    SMALL_LETTER,
    /// The word after a comma.
    FIRST_WORD,
    /// The word after "and" or "or".
    ITEM_OR_SUBJECT,
    /// The word after a conjunction that may also stand within a phrase.
    SUBJECT,
    /// Words without a comma.
    NO_ITEM
  }

  private Awaits awaits = Awaits.NOTHING;
  private int index;
  private int weight;
  private boolean opened;
  private boolean earlierComma;
  private int gap;
  private int wordsLeft;

  void clear() {
    awaits = Awaits.NOTHING;
  }

  /// Index just past the mark.
  int index() {
    return index;
  }

  /// Weight of the text up to the mark.
  int weight() {
    return weight;
  }

  /// A mark that ends a clause by itself, if a letter comes next.
  void setMark(int newIndex, int newWeight) {
    set(newIndex, newWeight, Awaits.LETTER);
  }

  /// A dash between blanks.
  void setDash(int newIndex, int newWeight) {
    set(newIndex, newWeight, Awaits.SMALL_LETTER);
  }

  /// A comma before a blank.
  ///
  /// @param newOpened whether the sentence began with a word that opens a clause
  /// @param newEarlierComma whether there is another comma before it
  /// @param newGap words since that comma
  void setComma(
      int newIndex, int newWeight, boolean newOpened, boolean newEarlierComma, int newGap) {
    set(newIndex, newWeight, Awaits.FIRST_WORD);
    opened = newOpened;
    earlierComma = newEarlierComma;
    gap = newGap;
  }

  private void set(int newIndex, int newWeight, Awaits newAwaits) {
    index = newIndex;
    weight = newWeight;
    awaits = newAwaits;
  }

  /// Looks at the first character after blanks, or right after an unspaced mark.
  ///
  /// @return whether a clause ends at the mark
  boolean startsWith(int c) {
    return switch (awaits) {
      case LETTER -> decide(Character.isLetter(c));
      case SMALL_LETTER -> decide(Character.isLetter(c) && !Character.isUpperCase(c));
      case NOTHING, FIRST_WORD, ITEM_OR_SUBJECT, SUBJECT, NO_ITEM -> false;
    };
  }

  /// Looks at the next word.
  ///
  /// @param word in lower case, up to an apostrophe; empty when it has other signs
  /// @return whether a clause ends at the mark
  boolean continuesWith(String word) {
    return switch (awaits) {
      case FIRST_WORD -> firstWord(word);
      case ITEM_OR_SUBJECT -> itemOrSubject(word);
      case SUBJECT -> decide(ClauseWords.is(word, Kind.PRONOUN) || isDeterminer(word));
      case NO_ITEM -> --wordsLeft <= 0 && decide(true);
      case NOTHING, LETTER, SMALL_LETTER -> false;
    };
  }

  private boolean firstWord(String word) {
    if (ClauseWords.is(word, Kind.CLAUSE)) {
      return decide(true);
    }
    if (ClauseWords.is(word, Kind.JOINS)) {
      return await(Awaits.ITEM_OR_SUBJECT);
    }
    if (ClauseWords.is(word, Kind.NEEDS_SUBJECT)) {
      return await(Awaits.SUBJECT);
    }
    boolean endsOpened = opened && !earlierComma;
    if (endsOpened && isDeterminer(word)) {
      return awaitNoItem();
    }
    return decide(endsOpened && ClauseWords.is(word, Kind.PRONOUN));
  }

  private boolean itemOrSubject(String word) {
    if (ClauseWords.is(word, Kind.PRONOUN)) {
      return decide(!earlierComma || gap >= LONGER_THAN_A_NAME);
    }
    if (isDeterminer(word) && (!earlierComma || gap >= LONGER_THAN_AN_ITEM)) {
      return awaitNoItem();
    }
    return decide(false);
  }

  private static boolean isDeterminer(String word) {
    return ClauseWords.is(word, Kind.DETERMINER);
  }

  private boolean awaitNoItem() {
    wordsLeft = WORDS_TO_BE_SURE;
    return await(Awaits.NO_ITEM);
  }

  private boolean await(Awaits next) {
    awaits = next;
    return false;
  }

  private boolean decide(boolean clauseEnds) {
    awaits = Awaits.NOTHING;
    return clauseEnds;
  }
}
