package dev.ttsworker.text;

/// What has to follow an end mark, or a line's end, for the segment to end there.
enum EndRule {
  /// Anything: a mark that is not followed by blanks in its script.
  ANYTHING(true),
  /// A blank.
  BLANK(true),
  /// A blank, but a digit or letter may still come: a full stop after a number or a lone letter.
  BLANK_LATER(false),
  /// A blank and then what does not carry a sentence on: dots, or a mark with a closing quote.
  NEW_SENTENCE(true),
  /// The same, and no digit either, after an abbreviation.
  CAPITAL(false),
  /// A blank and then no digit: "No." and the like.
  NO_DIGIT(false),
  /// Nothing ends here, unless a new piece starts with a word: an initial.
  INITIAL(false),
  /// A small letter: an initial, and a piece that started with a capital.
  SMALL_LETTER(false),
  /// Nothing ends here.
  NEVER(false),
  /// A line ended: another line's end, or a list item.
  LINE(false),
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
    return this == BLANK || this == BLANK_LATER ? NEW_SENTENCE : this;
  }

  /// Whether the end of the line ends the segment.
  boolean endsAtLine() {
    return this != NEVER && this != INITIAL && this != SMALL_LETTER && this != ITEM_NUMBER;
  }
}
