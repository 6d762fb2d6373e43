package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.Ipa;
import dev.ttsworker.engine.text.markup.SequencePattern.Grammar;

/// Patterns of all kinds of markup.
final class MarkupPatterns {
  private static final Grammar PHONEMES =
      SequencePattern.of("[[").then(1, Ipa.LONGEST, MarkupPatterns::isInBrackets).then("]]");
  private static final Grammar PAUSE =
      SequencePattern.of("[")
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
      SequencePattern.of("[")
          .then(1, 80, MarkupPatterns::isInBrackets)
          .then("](/")
          .then(1, Ipa.LONGEST, c -> "/()\n".indexOf(c) < 0)
          .then("/)");
  private static final Grammar DOCTYPE_START =
      SequencePattern.of("<!DOCTYPE")
          .then(1, 1, MarkupPatterns::isBlank)
          .then(0, 300, c -> "[]>".indexOf(c) < 0);
  private static final Grammar DOCTYPE = DOCTYPE_START.then(">");
  private static final Grammar DOCTYPE_WITH_DECLARATIONS =
      DOCTYPE_START
          .then("[")
          .then(0, 1_000, c -> c != ']')
          .then("]")
          .then(0, 20, MarkupPatterns::isBlank)
          .then(">");
  private static final Grammar INSTRUCTION =
      SequencePattern.of("<?")
          .then(1, 1, MarkupPatterns::isLetter)
          .then(0, 300, c -> c != '>' && c != '?')
          .then("?>");
  private static final Grammar ENTITY =
      SequencePattern.of("&")
          .then(0, 1, c -> c == '#')
          .then(1, 20, c -> isLetter(c) || isDigit(c))
          .then(";");

  private MarkupPatterns() {}

  /// A new pattern, before its first character.
  static MarkupPattern begin(MarkupKind kind) {
    return switch (kind) {
      case PHONEMES -> PHONEMES.begin();
      case PAUSE -> PAUSE.begin();
      case WORD -> WORD.begin();
      case TAG -> new TagPattern();
      case COMMENT -> new DelimitedPattern("<!--", '-');
      case CDATA -> new DelimitedPattern("<![CDATA[", ']');
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
