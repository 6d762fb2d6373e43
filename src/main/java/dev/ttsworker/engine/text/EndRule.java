package dev.ttsworker.engine.text;

/// What has to follow an end mark, or a line's end, for the segment to end there.
enum EndRule {
  /// Anything: a mark that is not followed by blanks in its script.
  ANYTHING(true),
  /// A blank, or without one what starts a sentence.
  BLANK(true),
  /// The same, but a digit or letter may still come: a full stop after a number or a lone letter.
  BLANK_LATER(false),
  /// A blank and then no further stop: a stop that stands alone.
  NO_STOP(true),
  /// A blank and then what does not carry a sentence on: dots, or a mark with a closing quote.
  NEW_SENTENCE(true),
  /// A word with a capital, after an abbreviation.
  CAPITAL(false),
  /// The same, but for time zones, days and months: after "10 a.m."
  NO_TIME(false),
  /// The same, but for offices and acronyms: after "Acme Inc."
  NO_OFFICE(false),
  /// The same, but for what is named after people, and acronyms: after "King Jr."
  NO_NAMESAKE(false),
  /// No digit, Roman numeral or letter: after "no." and other words.
  NO_NUMBER(false),
  /// A word that is known to start sentences, but no Roman numeral or letter: after "Fig."
  STARTER_NO_NUMBER(false),
  /// A word that is known to start sentences: after "U.S."
  STARTER(false),
  /// The same, and no name either, or a new piece that starts with a word: an initial.
  INITIAL(false),
  /// A small letter: an initial, and a piece that started with a capital.
  SMALL_LETTER(false),
  /// No month: the number of a day.
  NO_MONTH(false),
  /// Nothing ends here.
  NEVER(false),
  /// A line ended: another line's end, or a list item.
  LINE(false),
  /// The same, or a capital: the line is a heading.
  HEADING(false),
  /// A short line ended: the same, or a word that is known to start sentences.
  SHORT_LINE(false),
  /// A line of code's fence or of a table ended: anything.
  FENCE(false),
  /// A line began with digits: the rest of a list item's number.
  ITEM_NUMBER(false),
  /// A line began with what looks like a list item's mark: a blank.
  ITEM_BLANK(false);

  private final boolean endsWithPiece;

  EndRule(boolean endsWithPiece) {
    this.endsWithPiece = endsWithPiece;
  }

  /// Whether a piece of text that ends right here ends the sentence.
  boolean endsWithPiece() {
    return endsWithPiece;
  }

  /// The rule once a closing quote or bracket follows.
  EndRule afterCloser() {
    return switch (this) {
      case BLANK, BLANK_LATER, NO_MONTH, NO_STOP -> NEW_SENTENCE;
      default -> this;
    };
  }

  /// Whether the end of the line ends the segment.
  boolean endsAtLine() {
    return this != NEVER && this != INITIAL && this != SMALL_LETTER && this != ITEM_NUMBER;
  }
}
