package dev.ttsworker.text.markup;

import dev.ttsworker.text.markup.SequenceShape.Grammar;

/// The shapes of all kinds of marks.
final class Shapes {
  private static final Grammar PHONEMES =
      SequenceShape.of("[[").then(1, Ipa.LONGEST, Shapes::isInBrackets).then("]]");
  private static final Grammar PAUSE =
      SequenceShape.of("[")
          .thenOfAnyCase("pause")
          .then(":")
          .then(0, 1, c -> c == ' ')
          .then(1, 10, c -> isDigit(c) || c == '.')
          .then(0, 1, c -> c == ' ')
          .then(0, 1, c -> c == 'm' || c == 'M')
          .thenOfAnyCase("s")
          .then(0, 1, c -> c == ' ')
          .then("]");
  private static final Grammar WORD =
      SequenceShape.of("[")
          .then(1, 80, Shapes::isInBrackets)
          .then("](/")
          .then(1, Ipa.LONGEST, c -> "/()\n".indexOf(c) < 0)
          .then("/)");
  private static final Grammar DOCTYPE_START =
      SequenceShape.of("<!DOCTYPE")
          .then(1, 1, Shapes::isBlank)
          .then(0, 300, c -> "[]>".indexOf(c) < 0);
  private static final Grammar DOCTYPE = DOCTYPE_START.then(">");
  private static final Grammar DOCTYPE_WITH_DECLARATIONS =
      DOCTYPE_START
          .then("[")
          .then(0, 1_000, c -> c != ']')
          .then("]")
          .then(0, 20, Shapes::isBlank)
          .then(">");
  private static final Grammar INSTRUCTION =
      SequenceShape.of("<?")
          .then(1, 1, Shapes::isLetter)
          .then(0, 300, c -> c != '>' && c != '?')
          .then("?>");
  private static final Grammar ENTITY =
      SequenceShape.of("&")
          .then(0, 1, c -> c == '#')
          .then(1, 20, c -> isLetter(c) || isDigit(c))
          .then(";");

  private Shapes() {}

  /// The shape of a mark of which nothing has come yet.
  static Shape begin(MarkKind kind) {
    return switch (kind) {
      case PHONEMES -> PHONEMES.begin();
      case PAUSE -> PAUSE.begin();
      case WORD -> WORD.begin();
      case TAG -> new TagShape();
      case COMMENT -> new EnclosedShape("<!--", '-');
      case QUOTED -> new EnclosedShape("<![CDATA[", ']');
      case DOCTYPE -> DOCTYPE.begin();
      case DOCTYPE_WITH_DECLARATIONS -> DOCTYPE_WITH_DECLARATIONS.begin();
      case INSTRUCTION -> INSTRUCTION.begin();
      case ENTITY -> ENTITY.begin();
    };
  }

  private static boolean isInBrackets(int c) {
    return c != '[' && c != ']' && c != '\n';
  }

  static boolean isBlank(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
