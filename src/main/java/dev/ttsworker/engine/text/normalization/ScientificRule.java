package dev.ttsworker.engine.text.normalization;

import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of scientific notation: `1e-5`, `6.02E23`, `9.1e-31 kg`, `3 x 10^8 m/s`,
/// `6.6×10⁻³⁴`.
final class ScientificRule implements Rule {
  private static final BoundedPattern NUMBER =
      BoundedPattern.of(
          "(?<sign>[-−+])?+(?<mantissa>\\d{1,12}+(?:\\.\\d{1,20}+)?+)[eE](?<power>[-−+]?+\\d{1,4}+)"
              + "(?![\\p{L}\\p{N}_]|\\.\\d)");
  private static final BoundedPattern WRITTEN_OUT =
      BoundedPattern.of(
          "(?<sign>[-−+])?+(?<mantissa>\\d{1,12}+(?:\\.\\d{1,20}+)?+) ?[x×·*] ?10"
              + "(?:\\^\\{?(?<power>[-−+]?+\\d{1,4}+)}?|(?<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}+))"
              + "(?![\\p{L}\\p{N}_]|\\.\\d)");

  private final NumberWords numbers;
  private final UnitRule units;

  ScientificRule(English english) {
    this.numbers = english.numbers();
    this.units = new UnitRule(english);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    boolean sign = "-−+".indexOf(c) >= 0 && !Character.isLetterOrDigit(text.peek(at - 1));
    if (!(Character.isDigit(c) && text.isWordStart(at)) && !sign) {
      return Optional.empty();
    }
    return NUMBER
        .at(text, at)
        .map(m -> reading(text, at, m, m.group("power")))
        .or(() -> WRITTEN_OUT.at(text, at).map(m -> reading(text, at, m, power(m))));
  }

  private static String power(MatchResult match) {
    String raised = match.group("raised");
    return raised == null ? match.group("power") : SymbolRule.plain(raised);
  }

  private Verbalization reading(Cursor text, int at, MatchResult match, String power) {
    String sign = match.group("sign");
    String words =
        numbers.written((sign == null ? "" : sign) + match.group("mantissa"))
            + " times ten to the "
            + numbers.written(power.startsWith("+") ? power.substring(1) : power);
    return units
        .after(text, at, new Amount(match.end(), words, false))
        .orElseGet(() -> Verbalization.of(match.end(), words));
  }
}
