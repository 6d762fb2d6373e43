package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of years, where they are said otherwise than numbers: in hundreds
/// (`neunzehnhundertneunzig`), or as ordinals (`w 1990 roku`); and of decades, `90er`.
final class YearRule implements Rule {
  private static final BoundedPattern YEAR =
      BoundedPattern.of(
          "(?<year>(?:1[1-9]|20)\\d{2})(?:[ ]?[-–][ ]?(?<last>(?:1[1-9]|20)\\d{2}))?+(?!\\d|[.,:/]\\d|[-–]\\d|\\p{L})");

  private final Language language;
  private final Map<String, String> nouns;
  private final Map<String, String> before;
  private final BoundedPattern ordinalYear;
  private final BoundedPattern decade;
  private final boolean hundreds;
  private final String bareAfter;
  private final boolean anyNumber;

  YearRule(Language language) {
    this.language = language;
    LanguageData data = language.data();
    nouns = data.values("year nouns");
    before = data.values("year words");
    ordinalYear =
        nouns.isEmpty()
            ? BoundedPattern.of("(?!)")
            : BoundedPattern.of(
                "(?<year>1\\d{3}|20\\d{2})[ \u00a0]?(?<noun>"
                    + Language.anyOf(nouns.keySet())
                    + ")(?!\\p{L})");
    bareAfter = data.setting("year without a noun after", "");
    String ending = data.setting("decade ending", "");
    decade =
        ending.isEmpty()
            ? BoundedPattern.of("(?!)")
            : BoundedPattern.of("'?(?<year>(?:1[1-9]|20)?[1-9]0)" + ending + Language.END);
    hundreds = language.numerals().has("year");
    anyNumber = data.setting("hundreds", "years").equals("all");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!text.isWordStart(at)
        || ",.".indexOf(text.peek(at - 1) == 0 ? ' ' : text.peek(at - 1)) >= 0) {
      return Optional.empty();
    }
    return ordinalYear
        .at(text, at)
        .map(m -> ordinal(text, at, m))
        .or(() -> bare(text, at))
        .or(() -> decade.at(text, at).map(this::decade))
        .or(() ->
            YEAR.at(text, at)
                .filter(m -> hundreds && m.group("year").startsWith("1"))
                .filter(m -> isYear(text, at, m.end()))
                .map(this::years));
  }

  /// "w 1990": without the noun, and no number before another one.
  private Optional<Verbalization> bare(Cursor text, int at) {
    String word = text.wordBefore(at).toLowerCase(Locale.ROOT);
    if (word.isEmpty() || !word.equals(bareAfter)) {
      return Optional.empty();
    }
    return YEAR.at(text, at)
        .filter(m -> m.group("last") == null)
        .filter(m -> isAlone(text, m.end()))
        .map(m ->
            Verbalization.of(
                m.end(),
                language
                    .numerals()
                    .say(
                        Integer.parseInt(m.group("year")),
                        Ordinals.SET,
                        before.getOrDefault(word, "gen"))));
  }

  private boolean isAlone(Cursor text, int end) {
    String next = text.wordAfter(end);
    return next.isEmpty() || language.genders().isNone(next);
  }

  private Verbalization years(MatchResult match) {
    String first = year(match.group("year"));
    String last = match.group("last");
    return Verbalization.of(
        match.end(),
        last == null ? first : first + " " + language.data().setting("to") + " " + year(last));
  }

  private Verbalization decade(MatchResult match) {
    return Verbalization.of(
        match.end(), year(match.group("year")) + language.data().setting("decade ending"));
  }

  private String year(String digits) {
    int year = Integer.parseInt(digits);
    boolean early = hundreds && year >= 1_100;
    return language.numerals().say(year, early ? "year" : Numerals.CARDINAL, Numerals.COUNTING);
  }

  /// Whether it is a year: after a word such as "seit", or not before a noun.
  private boolean isYear(Cursor text, int at, int end) {
    char sign = text.peek(at - 1);
    if (anyNumber) {
      return sign != '-' && sign != '+';
    }
    String next = text.wordAfter(end);
    boolean noun =
        Cursor.isBlank(text.peek(end)) && !next.isEmpty() && !Character.isLowerCase(next.charAt(0));
    return before.containsKey(text.wordBefore(at).toLowerCase(Locale.ROOT))
        || (!noun && sign != '-' && sign != '+');
  }

  /// A year before its noun: the case of the noun, or what the preposition asks for.
  private Verbalization ordinal(Cursor text, int at, MatchResult match) {
    String[] noun = nouns.getOrDefault(match.group("noun"), "").split("; ", -1);
    String word = text.wordBefore(at).toLowerCase(Locale.ROOT);
    String form = noun.length > 1 ? noun[1] : before.getOrDefault(word, "gen");
    String words =
        language.numerals().say(Integer.parseInt(match.group("year")), Ordinals.SET, form)
            + " "
            + noun[0];
    return Verbalization.stopped(text, match.end(), words, match.group("noun").endsWith("."));
  }
}
