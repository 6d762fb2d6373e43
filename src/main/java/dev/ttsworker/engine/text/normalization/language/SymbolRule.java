package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of signs: `&`, `+` and `=` between terms, `§`, `#`.
final class SymbolRule implements Rule {
  private static final String OPERATORS = "+-−=×x÷<>≤≥≈±/";

  private static final String POWERS = "²³";

  private static final String TERM_SIGNS = "()%€$£²³°";

  /// Letters of units before `/`, as in "24h/24".
  private static final String UNITS = "hj";

  private final Map<String, String> symbols;
  private final BoundedPattern symbol;

  SymbolRule(Language language) {
    symbols = language.data().values("symbols");
    symbol = BoundedPattern.of("(?<sign>" + Language.anyOf(symbols.keySet()) + ")");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (text.peek(at) == '#' && Character.isLetter(text.peek(at + 1)) && text.isWordStart(at)) {
      return Optional.of(Verbalization.of(at + 1, "hashtag"));
    }
    return symbol
        .at(text, at)
        .filter(m -> isSaid(text, at, m))
        .map(m -> Verbalization.of(m.end(), symbols.getOrDefault(m.group("sign"), "")));
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
    if (POWERS.indexOf(sign) >= 0) {
      return !Character.isLetter(text.peek(at - 1)) || text.isWordStart(at - 1);
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
