package dev.ttsworker.engine.g2p;

import java.util.List;

/// Symbols of authored IPA: which of them are phonemes, and which no voice can take for one.
final class IpaSymbols {
  private static final String STRESS_AND_LENGTH = "ˈˌːˑ";

  private IpaSymbols() {}

  /// Whether a code point is a phoneme or a part of one.
  static boolean isPhoneme(int c) {
    int type = Character.getType(c);
    return Character.isLetter(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.MODIFIER_SYMBOL
        || STRESS_AND_LENGTH.indexOf(c) >= 0;
  }

  /// IPA without what is no phoneme; blanks stay. A voice has ids for figures and punctuation too,
  /// of which it would make noise or a pause.
  static String phonemes(String ipa) {
    return ipa.codePoints()
        .filter(c -> isPhoneme(c) || Character.isWhitespace(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// The symbols of IPA that are no phonemes, in order, each once.
  static List<String> foreign(String ipa) {
    return ipa.codePoints()
        .filter(c -> !isPhoneme(c) && !Character.isWhitespace(c))
        .distinct()
        .mapToObj(Character::toString)
        .toList();
  }
}
