package dev.ttsworker.engine.text;

/// Sentence boundary rule: what must follow end punctuation, or a line end, for the segment to end
/// there.
enum BoundaryRule {
  /// Anything: punctuation that is not followed by blanks in its script.
  ANYTHING(true),
  /// A blank, or without one the start of a sentence.
  BLANK(true),
  /// The same, but a digit or letter may still come: a full stop after a number or a single letter.
  BLANK_LATER(false),
  /// A blank and then no further full stop: a full stop that stands alone.
  NO_STOP(true),
  /// A blank and then nothing that continues a sentence: an ellipsis, or punctuation with a closing
  /// quote.
  NEW_SENTENCE(true),
  /// A word with a capital, after an abbreviation.
  CAPITAL(false),
  /// The same, but for time zones, days and months: after "10 a.m."
  NO_TIME(false),
  /// The same, but for offices and acronyms: after "Acme Inc."
  NO_OFFICE(false),
  /// The same, but for things named after people, and acronyms: after "King Jr."
  NO_NAMESAKE(false),
  /// No digit, Roman numeral or letter: after "no." and other words.
  NO_NUMBER(false),
  /// A word that starts sentences, but no Roman numeral or letter: after "Fig."
  STARTER_NO_NUMBER(false),
  /// A word that starts sentences: after "U.S."
  STARTER(false),
  /// The same, and no name either, or a new chunk that starts with a word: an initial.
  INITIAL(false),
  /// A small letter: an initial, and a chunk that started with a capital.
  SMALL_LETTER(false),
  /// No month: the day of a date.
  NO_MONTH(false),
  /// A word with a capital that does not follow ordinals: after digits in German.
  NO_ORDINAL(false),
  /// A word that starts sentences: after an ordinal.
  ORDINAL(false),
  /// The same, and no name either: after a single capital, in languages with lists.
  LETTER(false),
  /// No boundary.
  NEVER(false),
  /// Line end: another line end, or a list item.
  LINE(false),
  /// The same, or a capital: the line is a heading.
  HEADING(false),
  /// End of a short line: the same, or a word that starts sentences.
  SHORT_LINE(false),
  /// End of a line of a code fence or of a table: anything.
  FENCE(false),
  /// Start of a line with digits: the rest of a list item's number.
  ITEM_NUMBER(false),
  /// Start of a line with what looks like a list bullet: a blank.
  ITEM_BLANK(false);

  private final boolean endsWithChunk;

  BoundaryRule(boolean endsWithChunk) {
    this.endsWithChunk = endsWithChunk;
  }

  /// Whether the end of a text chunk right at the boundary ends the sentence.
  boolean endsWithChunk() {
    return endsWithChunk;
  }

  /// The rule after a closing quote or bracket.
  BoundaryRule afterCloser() {
    return switch (this) {
      case BLANK, BLANK_LATER, NO_MONTH, NO_ORDINAL, NO_STOP -> NEW_SENTENCE;
      default -> this;
    };
  }

  /// Whether a line end ends the segment.
  boolean endsAtLine() {
    return switch (this) {
      case NEVER, INITIAL, SMALL_LETTER, ITEM_NUMBER, ORDINAL, LETTER -> false;
      default -> true;
    };
  }
}
