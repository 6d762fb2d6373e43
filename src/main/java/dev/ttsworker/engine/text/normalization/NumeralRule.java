package dev.ttsworker.engine.text.normalization;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// Text normalization of numeral characters: `Ⅳ`, `①`, `❷`, `⑴`, `⒈`.
final class NumeralRule implements Rule {
  private static final char FIRST_ROMAN = '\u2160';
  private static final char LAST_ROMAN = '\u217f';
  private static final char FIRST_ENCLOSED = '\u2460';
  private static final char LAST_NUMBERED = '\u249b';

  private final NumberWords numbers;
  private final java.util.Set<String> rulers = Tables.read("roman.txt").words("rulers");

  NumeralRule(English english) {
    this.numbers = english.numbers();
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (c >= FIRST_ROMAN && c <= LAST_ROMAN) {
      return Optional.of(roman(text, at));
    }
    int number = enclosed(c);
    if (number < 0) {
      return Optional.empty();
    }
    String words = numbers.cardinal(number);
    int end = at + 1;
    char dash = text.peek(end);
    int last = "-–—~".indexOf(dash) >= 0 && dash != 0 ? enclosed(text.peek(end + 1)) : -1;
    if (last >= 0) {
      return Optional.of(Verbalization.of(end + 2, words + " to " + numbers.cardinal(last)));
    }
    boolean item = text.isLineStart(at) && Cursor.isBlank(text.peek(end)) && isCapital(text, end);
    return Optional.of(Verbalization.of(end, item ? words + "." : words));
  }

  private static boolean isCapital(Cursor text, int end) {
    return Character.isUpperCase(text.peek(text.afterBlanks(end)));
  }

  private Verbalization roman(Cursor text, int at) {
    int end = at;
    StringBuilder letters = new StringBuilder();
    while (text.peek(end) >= FIRST_ROMAN && text.peek(end) <= LAST_ROMAN && end - at < 8) {
      letters.append(
          Normalizer.normalize(Character.toString(text.peek(end)), Normalizer.Form.NFKC));
      end++;
    }
    int value = RomanRule.value(letters.toString().toUpperCase(Locale.ROOT));
    boolean ruler = rulers.contains(text.wordBefore(at));
    return Verbalization.of(end, ruler ? "the " + numbers.ordinal(value) : numbers.cardinal(value));
  }

  /// The number in a circle, a black circle, brackets, or with a full stop; -1 for other
  /// characters.
  private static int enclosed(char c) {
    if (c >= FIRST_ENCLOSED && c <= LAST_NUMBERED) {
      return (c - FIRST_ENCLOSED) % 20 + 1;
    }
    if (c == '⓪' || c == '⓿') {
      return 0;
    }
    if (c >= '⓫' && c <= '⓴') {
      return c - '⓫' + 11;
    }
    if (c >= '⓵' && c <= '⓾') {
      return c - '⓵' + 1;
    }
    if (c >= '❶' && c <= '➓') {
      return (c - '❶') % 10 + 1;
    }
    if (c >= '㉑' && c <= '㉟') {
      return c - '㉑' + 21;
    }
    return c >= '㊱' && c <= '㊿' ? c - '㊱' + 36 : -1;
  }
}
