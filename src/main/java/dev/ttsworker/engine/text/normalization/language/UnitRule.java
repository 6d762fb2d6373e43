package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of numbers with units, percent and scales: `3–5 km`, `20 °C`, `2 Mio.`, `80
/// km/h`. A unit that may be a word stands after a number only.
final class UnitRule implements Rule {
  private static final BoundedPattern DASH =
      BoundedPattern.of(Language.GAP + "[-–—]" + Language.GAP + "(?=\\d)");

  private static final BoundedPattern CENTIMETRES =
      BoundedPattern.of("m(?<rest>[1-9]\\d)(?![\\p{L}\\p{N}])");
  private static final Set<String> HOURS = Set.of("h", "h.", "hs", "hrs", "hrs.");

  private final Language language;
  private final Map<String, Noun> units;
  private final BoundedPattern unit;
  private final BoundedPattern minutes;
  private final String joint;
  private final PerUnit per;

  UnitRule(Language language) {
    this.language = language;
    this.units = language.nouns("units");
    this.unit =
        BoundedPattern.of(
            "(?!"
                + language.data().setting("no unit", "(?!)")
                + ")"
                + Language.GAP
                + "(?<unit>"
                + Language.anyOf(units.keySet())
                + ")(?![\\p{L}\\p{N}_²³]|(?<=x) ?[=+−-])");
    this.minutes =
        BoundedPattern.of(
            Language.GAP + "(?=\\d{1,2}" + Language.GAP + "(?:min|mn|Min)(?!\\p{L}))");
    this.joint = language.data().setting("minutes joint", "");
    this.per = new PerUnit(language);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    Optional<Range> range = Range.orProduct(text, at, language);
    return range.flatMap(found ->
        unit.at(text, found.end())
            .map(m -> said(text, at, found, m))
            .or(() -> metres(text, found.last())));
  }

  private Verbalization said(Cursor text, int at, Range range, MatchResult match) {
    String written = match.group("unit");
    Noun noun = Objects.requireNonNull(units.get(written));
    String words = range.count(language, noun, language.cases().of(text, at, range.last()));
    Optional<PerUnit.Said> rate = per.at(text, match.end());
    if (rate.isPresent()) {
      return Verbalization.of(rate.get().end(), words + rate.get().words());
    }
    Optional<Verbalization> rest =
        HOURS.contains(written) && !joint.isEmpty()
            ? minutes.at(text, match.end()).flatMap(m -> read(text, m.end()))
            : Optional.empty();
    if (rest.isPresent()) {
      return Verbalization.of(rest.get().end(), words + " " + joint + " " + rest.get().words());
    }
    Optional<Verbalization> second = second(text, match.end());
    if (second.isPresent()) {
      String joint = " " + language.data().setting("to") + " ";
      return Verbalization.of(second.get().end(), words + joint + second.get().words());
    }
    return Verbalization.stopped(text, match.end(), words, written.endsWith("."));
  }

  /// `1m85`: metres and centimetres.
  private Optional<Verbalization> metres(Cursor text, WrittenNumber number) {
    Noun metre = units.get("m");
    if (metre == null || !number.isWhole() || number.whole().length() > 2) {
      return Optional.empty();
    }
    return CENTIMETRES
        .at(text, number.end())
        .map(m -> {
          WrittenNumber rest = WrittenNumber.of(Long.parseLong(m.group("rest")));
          String words = language.count(number, metre, GrammaticalCase.NONE);
          return Verbalization.of(m.end(), words + " " + language.say(rest));
        });
  }

  /// `9h-12h`: what follows a dash after the unit.
  private Optional<Verbalization> second(Cursor text, int at) {
    return DASH.at(text, at)
        .flatMap(dash ->
            language
                .numberAfterSign(text, dash.end())
                .flatMap(number ->
                    unit.at(text, number.end())
                        .map(m -> {
                          Noun noun = Objects.requireNonNull(units.get(m.group("unit")));
                          Range range = new Range(Optional.empty(), "", number);
                          return Verbalization.of(
                              m.end(), range.count(language, noun, GrammaticalCase.NONE));
                        })));
  }
}
