package dev.ttsworker.engine;

import java.util.Optional;
import java.util.stream.Collectors;

/// IPA as people write it in markup and lexicons.
public final class Ipa {
  /// Most characters.
  public static final int LONGEST = 200;

  private static final String STRESS_AND_LENGTH = "ˈˌːˑ";

  /// Syllable and foot borders, a voice's own marks, and tie bars.
  private static final String SILENT = ".‿|‖-^_$\u0361\u035C";

  private Ipa() {}

  /// The symbols alone: a voice's own marks, tie bars and the dots between syllables are left out.
  /// What else is no phoneme stays, so that it can be reported. Empty when there is no sound.
  public static Optional<String> of(String written) {
    StringBuilder phonemes = new StringBuilder();
    boolean sound = false;
    String plain = written.strip().replace('\'', 'ˈ').replace(':', 'ː');
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c)) {
        phonemes.append(' ');
      } else if (SILENT.indexOf(c) < 0) {
        phonemes.appendCodePoint(c);
        sound |=
            isPhoneme(c)
                && Character.isLetter(c)
                && Character.getType(c) != Character.MODIFIER_LETTER;
      }
    }
    return sound ? Optional.of(phonemes.toString()) : Optional.empty();
  }

  /// Symbols that are neither phonemes nor marks that IPA has between them, each once, with blanks
  /// between; empty when there are none.
  public static String foreign(String written) {
    return written
        .codePoints()
        .map(c -> c == '\'' ? 'ˈ' : c == ':' ? 'ː' : c)
        .filter(c -> !isPhoneme(c) && !Character.isWhitespace(c) && SILENT.indexOf(c) < 0)
        .distinct()
        .mapToObj(Character::toString)
        .collect(Collectors.joining(" "));
  }

  private static boolean isPhoneme(int c) {
    int type = Character.getType(c);
    return Character.isLetter(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.MODIFIER_SYMBOL
        || STRESS_AND_LENGTH.indexOf(c) >= 0;
  }
}
