package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of fractions, `½`, `2/5`, and of other figures with a slash: `8/10`,
/// `120/80`, `2023/24`, `24/7`.
final class FractionRule implements Rule {
  private static final int LARGEST_DENOMINATOR = 9;
  private static final Set<Integer> DECIMAL_DENOMINATORS = Set.of(10, 100, 1_000);
  private static final Set<String> HALVES = Set.of("½", "1/2");
  private static final Set<Integer> TOTALS = Set.of(10, 20, 100);

  /// From here on the second of two falling figures is that of a blood pressure.
  private static final int LOWEST_PRESSURE = 40;

  private static final int HIGHEST_PRESSURE = 300;
  private static final int FIRST_YEAR = 1_100;
  private static final int LAST_YEAR = 1_999;
  private static final BoundedPattern SLASHED =
      BoundedPattern.of(
          "(?<first>[1-9]\\d{0,3})/(?<second>[1-9]\\d{0,3})(?![\\p{L}\\p{N}/]|[.,]\\d)");

  private final Language language;
  private final Map<String, String> fractions;
  private final Map<String, Noun> units;
  private final BoundedPattern fraction;
  private final BoundedPattern unit;
  private final boolean part;
  private final boolean slashes;

  FractionRule(Language language) {
    this.language = language;
    fractions = language.data().values("fractions");
    units = language.nouns("units");
    fraction =
        BoundedPattern.of(
            "(?<sign>" + Language.anyOf(fractions.keySet()) + ")(?![\\p{L}\\p{N}/.,]\\d?)");
    unit =
        BoundedPattern.of(
            Language.GAP + "(?<unit>" + Language.anyOf(units.keySet()) + ")(?![\\p{L}\\p{N}_²³/])");
    part = language.data().setting("plurals").equals("polish");
    slashes = language.numerals().has("fraction");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!isFree(text, at)) {
      return Optional.empty();
    }
    return fraction
        .at(text, at)
        .map(m -> counted(text, m.end(), listed(text, at, m), HALVES.contains(m.group("sign"))))
        .or(() -> slashes ? SLASHED.at(text, at).map(m -> slashed(text, m)) : Optional.empty());
  }

  /// `2½`, but no digit right before `1/2`.
  private static boolean isFree(Cursor text, int at) {
    char c = text.peek(at - 1);
    return NumberReader.isDigit(text.peek(at))
        ? text.isWordStart(at) && c != '/' && c != ',' && c != '.'
        : !Character.isLetter(c);
  }

  /// Alone, after a number, or by the gender of the noun after it: "media hora".
  private String listed(Cursor text, int at, MatchResult match) {
    String[] words = Objects.requireNonNull(fractions.get(match.group("sign"))).split("; ", -1);
    int before = Cursor.isBlank(text.peek(at - 1)) ? at - 2 : at - 1;
    if (NumberReader.isDigit(text.peek(before))) {
      return words[words.length > 1 ? 1 : 0];
    }
    String gender = gender(text, match.end());
    for (int i = 2; i < words.length; i++) {
      if (!gender.isEmpty() && words[i].startsWith(gender + ":")) {
        return words[i].substring(2);
      }
    }
    return words[0];
  }

  private String gender(Cursor text, int end) {
    return unit.at(text, end)
        .map(m -> Objects.requireNonNull(units.get(m.group("unit"))).gender())
        .or(() ->
            language
                .genders()
                .of(text.wordAfter(end).toLowerCase(Locale.ROOT), true, GrammaticalCase.NONE))
        .orElse("");
  }

  /// With the unit after it: "1/2 kg".
  private Verbalization counted(Cursor text, int end, String words, boolean half) {
    return unit.at(text, end)
        .map(m -> {
          Noun noun = Objects.requireNonNull(units.get(m.group("unit")));
          String name = part ? noun.part() : noun.isWithArticle() ? noun.few() : noun.one();
          return Verbalization.of(m.end(), words + " " + (half ? name : language.afterScale(name)));
        })
        .orElseGet(() -> Verbalization.of(end, words));
  }

  private Verbalization slashed(Cursor text, MatchResult match) {
    int first = Integer.parseInt(match.group("first"));
    int second = Integer.parseInt(match.group("second"));
    boolean small = first <= second && second > 1 && second <= LARGEST_DENOMINATOR;
    if (small || (first == 1 && DECIMAL_DENOMINATORS.contains(second))) {
      return counted(text, match.end(), fraction(first, second), false);
    }
    boolean total = first <= second && TOTALS.contains(second);
    boolean pressure = first > second && second >= LOWEST_PRESSURE && first <= HIGHEST_PRESSURE;
    String joint = total ? joint("out of") : pressure ? joint("over") : " ";
    return Verbalization.of(match.end(), figure(first) + joint + figure(second));
  }

  private String joint(String setting) {
    String word = language.data().setting(setting, "");
    return word.isEmpty() ? " " : " " + word + " ";
  }

  private String fraction(int numerator, int denominator) {
    Noun forms = new Noun("c", "fraction one", "fraction few", "fraction many", "");
    String form =
        Plurals.of(language.data().setting("plurals")).of(WrittenNumber.of(numerator), forms);
    String gender = language.data().setting("fraction gender", "m");
    return language.numerals().say(numerator, Numerals.CARDINAL, gender)
        + " "
        + language.numerals().say(denominator, "fraction", form);
  }

  private String figure(int number) {
    boolean year = number >= FIRST_YEAR && number <= LAST_YEAR && language.numerals().has("year");
    return language.numerals().say(number, year ? "year" : Numerals.CARDINAL, Numerals.COUNTING);
  }
}
