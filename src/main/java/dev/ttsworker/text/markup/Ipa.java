package dev.ttsworker.text.markup;

import java.util.Optional;
import java.util.stream.Collectors;

/// Phonemes as people write them in markup and lexicons.
final class Ipa {
  /// Most characters.
  static final int LONGEST = 200;

  private static final String STRESS_AND_LENGTH = "ˈˌːˑ";

  /// Syllable and foot borders, the marks of a voice's own, and typewriters' stress and length.
  private static final String SILENT = ".‿|‖-^_$':";

  private Ipa() {}

  /// The phonemes alone: what a voice could take for its own marks or for punctuation is left out,
  /// so are the dots between syllables. Empty when no sound is left.
  static Optional<String> of(String written) {
    StringBuilder phonemes = new StringBuilder();
    boolean sound = false;
    String plain = written.strip().replace('\'', 'ˈ').replace(':', 'ː');
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c)) {
        phonemes.append(' ');
      } else if (isPhoneme(c)) {
        phonemes.appendCodePoint(c);
        sound |= Character.isLetter(c) && Character.getType(c) != Character.MODIFIER_LETTER;
      }
    }
    return sound ? Optional.of(phonemes.toString()) : Optional.empty();
  }

  /// Symbols that are neither phonemes nor marks that IPA has between them, each once, with blanks
  /// between; empty when there are none. [#of] leaves them out.
  static String foreign(String written) {
    return written
        .codePoints()
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
