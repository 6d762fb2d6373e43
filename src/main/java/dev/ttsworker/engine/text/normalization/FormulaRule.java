package dev.ttsworker.engine.text.normalization;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/// Text normalization of chemical formulas and subscripts: `H₂SO₄`, `Fe₂O₃`, `x₁`.
final class FormulaRule implements Rule {
  private static final BoundedPattern FORMULA =
      BoundedPattern.of("(?:[A-Z][a-z]?[₀-₉]{0,3}){1,12}+(?<=[₀-₉]|[A-Za-z])(?![\\p{L}\\p{N}_])");
  private static final BoundedPattern VARIABLE =
      BoundedPattern.of("\\p{L}[₀-₉]{1,3}+(?![\\p{L}\\p{N}_])");
  private static final NumberWords NUMBERS = new NumberWords(Dialect.US);

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!Character.isLetter(text.peek(at)) || !text.isWordStart(at)) {
      return Optional.empty();
    }
    return FORMULA
        .at(text, at)
        .or(() -> VARIABLE.at(text, at))
        .filter(m -> m.group().chars().anyMatch(c -> c >= '₀' && c <= '₉'))
        .map(m -> Verbalization.of(m.end(), said(m.group())));
  }

  private static String said(String formula) {
    StringJoiner words = new StringJoiner(" ");
    int at = 0;
    while (at < formula.length()) {
      int end = at;
      while (end < formula.length() && formula.charAt(end) >= '₀') {
        end++;
      }
      if (end > at) {
        String digits = Normalizer.normalize(formula.substring(at, end), Normalizer.Form.NFKC);
        words.add(NUMBERS.cardinal(Long.parseLong(digits)));
        at = end;
      } else {
        words.add(formula.substring(at, at + 1).toUpperCase(Locale.ROOT));
        at++;
      }
    }
    return words.toString();
  }
}
