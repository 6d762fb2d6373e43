package dev.ttsworker.engine.text;

import dev.ttsworker.engine.text.ClauseWords.Kind;

/// Candidate for a clause boundary: a punctuation mark, and what the following words indicate about
/// it. Not thread-safe.
final class ClauseBoundary {
  /// Words between two commas from which on "and the" begins a clause; items of a list are shorter.
  private static final int LONGER_THAN_AN_ITEM = 6;

  /// The same for "and she", which is rarely an item of a list.
  private static final int LONGER_THAN_A_NAME = 3;

  /// Words after "and the" without a comma that exclude a further item.
  private static final int WORDS_TO_BE_SURE = 3;

  /// State: what decides next.
  private enum Awaits {
    /// Nothing: there is no candidate.
    NOTHING,
    /// A letter, after punctuation that separates clauses by itself.
    LETTER,
    /// A letter that is not a capital, after a dash: not "Monday – Friday".
    SMALL_LETTER,
    /// The word after a comma.
    FIRST_WORD,
    /// The word after "and" or "or".
    ITEM_OR_SUBJECT,
    /// The word after a conjunction that also occurs within phrases.
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

  /// Index just past the punctuation mark.
  int index() {
    return index;
  }

  /// Weight of the text up to the punctuation mark.
  int weight() {
    return weight;
  }

  /// Sets punctuation that ends a clause by itself, if a letter comes next.
  void setMark(int newIndex, int newWeight) {
    set(newIndex, newWeight, Awaits.LETTER);
  }

  /// Sets a dash between blanks.
  void setDash(int newIndex, int newWeight) {
    set(newIndex, newWeight, Awaits.SMALL_LETTER);
  }

  /// Sets a comma before a blank.
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

  /// Processes the first character after blanks, or right after an unspaced mark.
  ///
  /// @return whether a clause ends at the candidate
  boolean startsWith(int c) {
    return switch (awaits) {
      case LETTER -> decide(Character.isLetter(c));
      case SMALL_LETTER -> decide(Character.isLetter(c) && !Character.isUpperCase(c));
      case NOTHING, FIRST_WORD, ITEM_OR_SUBJECT, SUBJECT, NO_ITEM -> false;
    };
  }

  /// Processes the next word.
  ///
  /// @param word in lower case, up to an apostrophe; empty when it contains other signs
  /// @return whether a clause ends at the candidate
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
