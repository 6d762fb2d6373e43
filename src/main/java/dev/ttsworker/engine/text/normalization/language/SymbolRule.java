package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of signs: `&`, `+` and `=` between terms, `§`, `#`, vulgar fractions.
final class SymbolRule implements Rule {
  private static final String OPERATORS = "+-−=×x÷<>≤≥≈±/";

  private static final String TERM_SIGNS = "()%€$£²³°";

  /// Letters of units before `/`, as in "24h/24".
  private static final String UNITS = "hj";

  private final Map<String, String> symbols;
  private final Map<String, String> fractions;
  private final BoundedPattern symbol;
  private final BoundedPattern fraction;

  SymbolRule(Language language) {
    symbols = language.data().values("symbols");
    fractions = language.data().values("fractions");
    symbol = BoundedPattern.of("(?<sign>" + Language.anyOf(symbols.keySet()) + ")");
    fraction =
        BoundedPattern.of(
            "(?<sign>" + Language.anyOf(fractions.keySet()) + ")(?![\\p{L}\\p{N}/.,]\\d?)");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (text.peek(at) == '#' && Character.isLetter(text.peek(at + 1)) && text.isWordStart(at)) {
      return Optional.of(Verbalization.of(at + 1, "hashtag"));
    }
    return fraction
        .at(text, at)
        .filter(_ -> isFree(text, at))
        .map(m -> Verbalization.of(m.end(), fraction(text, at, m.group("sign"))))
        .or(() ->
            symbol
                .at(text, at)
                .filter(m -> isSaid(text, at, m))
                .map(m -> Verbalization.of(m.end(), symbols.getOrDefault(m.group("sign"), ""))));
  }

  /// `2½`, but no digit right before `1/2`.
  private static boolean isFree(Cursor text, int at) {
    char c = text.peek(at - 1);
    return NumberReader.isDigit(text.peek(at))
        ? text.isWordStart(at) && c != '/' && c != ',' && c != '.'
        : !Character.isLetter(c);
  }

  private String fraction(Cursor text, int at, String sign) {
    String[] words = fractions.getOrDefault(sign, "").split("; ", -1);
    int before = Cursor.isBlank(text.peek(at - 1)) ? at - 2 : at - 1;
    boolean counted = NumberReader.isDigit(text.peek(before));
    return words[counted && words.length > 1 ? 1 : 0];
  }

  /// Operators need terms at both sides; other signs are always said.
  private static boolean isSaid(Cursor text, int at, MatchResult match) {
    char sign = match.group("sign").charAt(0);
    if (sign == '#') {
      return Character.isLetterOrDigit(text.peek(at + 1)) && text.isWordStart(at);
    }
    if (sign == '-') {
      return false;
    }
    if (OPERATORS.indexOf(sign) < 0) {
      return true;
    }
    int before = Cursor.isBlank(text.peek(at - 1)) ? at - 2 : at - 1;
    int after = Cursor.isBlank(text.peek(match.end())) ? match.end() + 1 : match.end();
    boolean digits =
        NumberReader.isDigit(text.peek(before)) || NumberReader.isDigit(text.peek(after));
    boolean spaced = after > match.end() && before < at - 1;
    boolean both =
        NumberReader.isDigit(text.peek(before)) && NumberReader.isDigit(text.peek(after));
    if (sign == '/') {
      char left = text.peek(before);
      boolean counted = NumberReader.isDigit(left) || (left != 0 && UNITS.indexOf(left) >= 0);
      return counted && NumberReader.isDigit(text.peek(after));
    }
    return sign == 'x'
        ? both
        : isTerm(text.peek(before)) && isTerm(text.peek(after)) && (digits || spaced);
  }

  private static boolean isTerm(char c) {
    return Character.isLetterOrDigit(c) || (c != 0 && TERM_SIGNS.indexOf(c) >= 0);
  }
}
