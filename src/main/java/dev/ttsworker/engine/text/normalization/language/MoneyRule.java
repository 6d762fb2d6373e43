package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of money: `4,50 €`, `EUR 20`, `$3`, `R$ 1.234,56`, `2 Mio. €`, `10–20 zł`.
final class MoneyRule implements Rule {
  private static final int CENTS = 2;

  private final Language language;
  private final Map<String, Currency> currencies = new HashMap<>();
  private final Map<String, Noun> scales;
  private final BoundedPattern before;
  private final BoundedPattern after;
  private final BoundedPattern scaleOnly;
  private final BoundedPattern dash = BoundedPattern.of(",(?:-{1,2}|[–—]{1,2})(?!\\d)");
  private final PerUnit per;
  private final String joint;

  /// @param shortParts whether the name of the part is left out after whole units: "vier Euro
  ///   fünfzig"
  private record Currency(Noun unit, Optional<Noun> part, boolean shortParts) {}

  MoneyRule(Language language) {
    this.language = language;
    language
        .data()
        .section("money")
        .forEach((key, entry) -> {
          String[] halves = entry.value().split(" / ", -1);
          Optional<Noun> part =
              halves.length > 1 ? Optional.of(Noun.of(halves[1], entry)) : Optional.empty();
          for (String written : key.split(", ", -1)) {
            currencies.put(
                written, new Currency(Noun.of(halves[0], entry), part, halves.length > 2));
          }
        });
    scales = language.nouns("scales");
    String currency = "(?<currency>" + Language.anyOf(currencies.keySet()) + ")";
    String scale = "(?<scale>" + Language.anyOf(scales.keySet()) + ")";
    before = BoundedPattern.of(currency + Language.GAP + "(?=[-−]?\\d)");
    after =
        BoundedPattern.of(
            "(?:" + Language.GAP + scale + ")?+" + Language.GAP + currency + Language.END);
    scaleOnly = BoundedPattern.of(Language.GAP + scale + Language.END);
    per = new PerUnit(language);
    joint = language.data().setting("cents joint", "");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (Character.isLetter(text.peek(at)) && !text.isWordStart(at)) {
      return Optional.empty();
    }
    Optional<MatchResult> sign = before.at(text, at);
    if (sign.isPresent()) {
      return Range.at(text, sign.get().end(), language)
          .or(() ->
              language
                  .numberAfterSign(text, sign.get().end())
                  .map(n -> new Range(Optional.empty(), "", n)))
          .map(range -> signFirst(text, at, sign.get(), range));
    }
    return Range.at(text, at, language).flatMap(range -> signLast(text, at, range));
  }

  private Verbalization signFirst(Cursor text, int at, MatchResult sign, Range range) {
    Optional<MatchResult> scale = scaleOnly.at(text, range.end());
    int end = scale.map(MatchResult::end).orElse(afterDash(text, range.end()));
    return said(text, at, end, sign.group("currency"), range, scale.map(m -> m.group("scale")));
  }

  private Optional<Verbalization> signLast(Cursor text, int at, Range range) {
    return after
        .at(text, afterDash(text, range.end()))
        .map(m ->
            said(
                text,
                at,
                m.end(),
                m.group("currency"),
                range,
                Optional.ofNullable(m.group("scale"))));
  }

  /// Past `,-`, which stands for no cents.
  private int afterDash(Cursor text, int at) {
    return dash.at(text, at).map(MatchResult::end).orElse(at);
  }

  private Verbalization said(
      Cursor text, int at, int end, String name, Range range, Optional<String> scale) {
    Currency currency = Objects.requireNonNull(currencies.get(name));
    GrammaticalCase in = language.cases().of(text, at, range.last());
    String words =
        scale
            .map(
                written -> scaled(range, Objects.requireNonNull(scales.get(written)), currency, in))
            .orElseGet(() -> exact(range, currency, in));
    Optional<PerUnit.Said> rate = per.at(text, end);
    boolean stop = name.endsWith(".") && rate.isEmpty() && text.isLastWordEnd(end);
    return Verbalization.of(
        rate.map(PerUnit.Said::end).orElse(end),
        words + rate.map(PerUnit.Said::words).orElse(stop ? "." : ""));
  }

  private String scaled(Range range, Noun scale, Currency currency, GrammaticalCase in) {
    String noun = currency.unit().many();
    boolean thousand = scale.gender().equals("t");
    return range.count(language, scale, in) + " " + (thousand ? noun : language.afterScale(noun));
  }

  private String exact(Range range, Currency currency, GrammaticalCase in) {
    WrittenNumber number = range.last();
    boolean cents =
        range.first().isEmpty()
            && number.decimals().length() == CENTS
            && currency.part().isPresent()
            && number.isNumber();
    if (!cents) {
      return range.count(language, currency.unit(), in);
    }
    WrittenNumber whole = number.withoutDecimals();
    int rest = Integer.parseInt(number.decimals());
    String units = language.count(whole, currency.unit(), in);
    if (rest == 0) {
      return units;
    }
    Noun part = currency.part().orElseThrow();
    WrittenNumber hundredths =
        new WrittenNumber(
            0, whole.is(0) ? number.sign() : "", Integer.toString(rest), "", false, false);
    if (whole.is(0)) {
      return language.count(hundredths, part, in);
    }
    String said =
        currency.shortParts() ? language.say(hundredths) : language.count(hundredths, part, in);
    return units + " " + (joint.isEmpty() ? "" : joint + " ") + said;
  }
}
