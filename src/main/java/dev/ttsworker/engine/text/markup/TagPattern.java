package dev.ttsworker.engine.text.markup;

/// Tag pattern: `<name attribute="value">`, `</name>`, `<name/>`. Not thread-safe.
final class TagPattern implements MarkupPattern {
  private static final int LONGEST_NAME = 31;
  private static final int LONGEST_ATTRIBUTE = 41;
  private static final int LONGEST_VALUE = 300;
  private static final int MOST_ATTRIBUTES = 8;
  private static final int MOST_BLANKS = 20;

  private Place place = Place.BEFORE;
  private int length;
  private int attributes;
  private int quote;

  /// Lexer state.
  private enum Place {
    BEFORE,
    SLASH_OR_NAME,
    FIRST_OF_NAME,
    NAME,
    GAP,
    ATTRIBUTE,
    EQUALS,
    BLANK_OR_QUOTE,
    QUOTE,
    VALUE,
    END
  }

  @Override
  public State next(int c) {
    return switch (place) {
      case BEFORE -> go(c == '<', Place.SLASH_OR_NAME);
      case SLASH_OR_NAME ->
          c == '/' ? go(true, Place.FIRST_OF_NAME) : go(MarkupPatterns.isLetter(c), Place.NAME, 1);
      case FIRST_OF_NAME -> go(MarkupPatterns.isLetter(c), Place.NAME, 1);
      case NAME -> isNamePart(c) ? stay(LONGEST_NAME) : gap(c, 0);
      case GAP -> gap(c, length);
      case ATTRIBUTE -> attribute(c);
      case EQUALS -> go(c == '=', Place.BLANK_OR_QUOTE);
      case BLANK_OR_QUOTE -> MarkupPatterns.isBlank(c) ? go(true, Place.QUOTE) : quote(c);
      case QUOTE -> quote(c);
      case VALUE -> value(c);
      case END -> c == '>' ? State.COMPLETE : State.NO_MATCH;
    };
  }

  private State go(boolean allowed, Place next) {
    return go(allowed, next, 0);
  }

  private State go(boolean allowed, Place next, int newLength) {
    place = next;
    length = newLength;
    return allowed ? State.INCOMPLETE : State.NO_MATCH;
  }

  private State stay(int longest) {
    length++;
    return length <= longest ? State.INCOMPLETE : State.NO_MATCH;
  }

  /// White space between names and values.
  private State gap(int c, int blanks) {
    if (MarkupPatterns.isBlank(c)) {
      return go(blanks < MOST_BLANKS, Place.GAP, blanks + 1);
    }
    if (c == '/') {
      return go(true, Place.END);
    }
    boolean named =
        blanks > 0 && (MarkupPatterns.isLetter(c) || c == '_') && attributes < MOST_ATTRIBUTES;
    return c == '>' ? State.COMPLETE : go(named, Place.ATTRIBUTE, 1);
  }

  private State attribute(int c) {
    if (isNamePart(c)) {
      return stay(LONGEST_ATTRIBUTE);
    }
    return MarkupPatterns.isBlank(c) ? go(true, Place.EQUALS) : go(c == '=', Place.BLANK_OR_QUOTE);
  }

  private State quote(int c) {
    quote = c;
    return go(c == '"' || c == '\'', Place.VALUE);
  }

  private State value(int c) {
    if (c == quote) {
      attributes++;
      return go(true, Place.GAP);
    }
    return c == '<' ? State.NO_MATCH : stay(LONGEST_VALUE);
  }

  static boolean isNamePart(int c) {
    return MarkupPatterns.isLetter(c) || MarkupPatterns.isDigit(c) || "_:.-".indexOf(c) >= 0;
  }
}
