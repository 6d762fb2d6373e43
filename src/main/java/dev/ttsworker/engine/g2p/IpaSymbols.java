package dev.ttsworker.engine.g2p;

import java.util.List;

/// IPA symbol classes of authored phonemes: which are phonemes, and which no voice can pronounce.
public final class IpaSymbols {
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

  /// IPA with phonemes and blanks only. A voice also has ids for digits and punctuation, which
  /// would become noise or a pause.
  public static String phonemes(String ipa) {
    return ipa.codePoints()
        .filter(c -> isPhoneme(c) || Character.isWhitespace(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// The symbols that are no phonemes, in order, each once.
  public static List<String> foreign(String ipa) {
    return ipa.codePoints()
        .filter(c -> !isPhoneme(c) && !Character.isWhitespace(c))
        .distinct()
        .mapToObj(Character::toString)
        .toList();
  }
}
