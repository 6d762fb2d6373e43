package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.Abbreviations;
import dev.ttsworker.engine.text.Abbreviations.Place;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of dates with a month's name (semiotic class date): `May 5, 2024`, `5 May`,
/// `Jan. 3rd`, `5–7 May`, `Sept. 2021`.
final class DateRule implements Rule {
  private static final String DAY = "(?<day>\\d{1,2}+)(?:st|nd|rd|th)?+";
  private static final String TO =
      "(?:(?: ?[-–—] ?| to | and )(?<to>\\d{1,2}+)(?:st|nd|rd|th)?+(?![\\d:%.,]\\d|\\d|:|\\p{L}))?+";
  private static final String FREE = "(?![\\p{L}\\p{N}_:%]|[.,]\\d|[-–]\\d| ?[ap]\\.?m)";

  private final English english;
  private final MonthDays days;
  private final Map<String, String> months;
  private final Map<String, String> weekdays;
  private final BoundedPattern monthFirst;
  private final BoundedPattern dayFirst;
  private final BoundedPattern monthYear;
  private final BoundedPattern weekday;
  private final BoundedPattern range;

  DateRule(English english) {
    this.english = english;
    this.days = new MonthDays(english);
    Tables tables = Tables.read("dates.txt");
    Map<String, String> full = tables.section("months");
    months = new HashMap<>(full);
    Abbreviations.at(Place.MONTH)
        .forEach((name, month) -> months.put(name, full.getOrDefault(month, "")));
    weekdays = new HashMap<>(tables.section("days"));
    weekdays.putAll(Abbreviations.at(Place.DAY));
    String month = "(?<month>" + BoundedPatterns.anyOf(months.keySet()) + ")(?:\\.|(?![\\p{L}]))";
    String year = "(?:,? (?<year>1[0-9]\\d\\d|20\\d\\d)(?![\\d\\p{L}_:]|[.,]\\d))?+";
    monthFirst = BoundedPattern.of(month + ",? ?" + DAY + TO + FREE + year);
    dayFirst =
        BoundedPattern.of(
            DAY
                + "(?<dot>\\.(?= ))?+"
                + "(?:(?: ?[-–—] ?| to | and )(?<to>\\d{1,2}+)(?:st|nd|rd|th)?+)?+(?: of)?+[ -]"
                + month
                + "(?:[, -]{1,2}(?<year>1[0-9]\\d\\d|20\\d\\d)(?![\\d\\p{L}_:]|[.,]\\d))?+");
    monthYear =
        BoundedPattern.of(month + ",? (?<year>1[5-9]\\d\\d|20\\d\\d)(?![\\d\\p{L}_:]|[.,]\\d)");
    String names =
        "(?:"
            + BoundedPatterns.anyOf(weekdays.keySet())
            + "|"
            + BoundedPatterns.anyOf(months.keySet())
            + ")";
    range =
        BoundedPattern.of(
            "(?<name>"
                + names
                + ")\\.?+ ?[-–—] ?(?<to>"
                + names
                + ")(?:\\.(?= ?[\\p{L}\\d,]))?+(?!\\p{L})");
    weekday =
        BoundedPattern.of(
            "(?<name>"
                + BoundedPatterns.anyOf(weekdays.keySet())
                + ")(?<stop>\\.)?+(?!\\p{L}|['’]\\p{L})"
                + "(?<date>(?=,? ?(?:\\d|"
                + BoundedPatterns.anyOf(months.keySet())
                + "(?!\\p{Ll}))))?+");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char first = text.peek(at);
    if (Character.isDigit(first)) {
      return dayFirst.at(text, at).flatMap(m -> dayFirst(text, m));
    }
    if (!Character.isUpperCase(first)) {
      return Optional.empty();
    }
    return monthFirst
        .at(text, at)
        .flatMap(this::monthFirst)
        .or(() -> monthYear.at(text, at).map(this::monthYear))
        .or(() -> range(text, at))
        .or(() -> weekday(text, at));
  }

  private Optional<Verbalization> monthFirst(MatchResult match) {
    int month = month(match);
    int day = Integer.parseInt(match.group("day"));
    if (!MonthDays.isValid(month, day)) {
      return Optional.empty();
    }
    String to = match.group("to");
    if (to == null) {
      return Optional.of(Verbalization.of(match.end(), days.monthFirst(month, day, year(match))));
    }
    String the = english.isBritish() ? "the " : "";
    String words =
        days.monthFirst(month, day, Optional.empty())
            + " to "
            + the
            + english.numbers().ordinal(Integer.parseInt(to))
            + year(match).map(y -> ", " + english.numbers().year(y)).orElse("");
    return Optional.of(Verbalization.of(match.end(), words));
  }

  private Optional<Verbalization> dayFirst(Cursor text, MatchResult match) {
    int month = month(match);
    int day = Integer.parseInt(match.group("day"));
    if (!MonthDays.isValid(month, day)) {
      return Optional.empty();
    }
    if (match.group("dot") != null && text.isLineStart(match.start())) {
      return Optional.empty();
    }
    String before = text.wordBefore(match.start()).toLowerCase(Locale.ROOT);
    boolean article = !before.equals("the");
    String to = match.group("to");
    if (to == null) {
      return Optional.of(
          Verbalization.of(end(text, match), days.dayFirst(month, day, year(match), article)));
    }
    String words =
        (article ? "the " : "")
            + english.numbers().ordinal(day)
            + (match.group().contains(" and ") ? " and " : " to ")
            + days.dayFirst(month, Integer.parseInt(to), year(match), true);
    return Optional.of(Verbalization.of(end(text, match), words));
  }

  private Verbalization monthYear(MatchResult match) {
    return Verbalization.of(
        match.end(),
        MonthDays.month(month(match))
            + " "
            + english.numbers().year(Integer.parseInt(match.group("year"))));
  }

  /// Expands short names of days before a date, or with a full stop that ends no sentence.
  private Optional<Verbalization> weekday(Cursor text, int at) {
    return weekday
        .at(text, at)
        .filter(m -> m.group("date") != null || (m.group("stop") != null && isShortened(text, m)))
        .map(m -> Verbalization.of(m.end(), weekdays.getOrDefault(m.group("name"), "")));
  }

  private static boolean isShortened(Cursor text, MatchResult match) {
    return match.group("name").length() < 6 && !text.isLastWordEnd(match.end());
  }

  private Optional<Verbalization> range(Cursor text, int at) {
    return range
        .at(text, at)
        .filter(m -> !m.group().matches("(?:March|May)[^-–—].*"))
        .map(m ->
            Verbalization.of(
                m.end(), fullName(m.group("name")) + " to " + fullName(m.group("to"))));
  }

  private String fullName(String name) {
    String month = months.get(name);
    return month == null
        ? weekdays.getOrDefault(name, name)
        : MonthDays.month(Integer.parseInt(month));
  }

  /// Drops the full stop of a short month and retains that of the sentence.
  private static int end(Cursor text, MatchResult match) {
    int end = match.end();
    boolean stop = text.peek(end - 1) == '.';
    boolean full = match.group("month").length() > 4 || match.group("month").equals("May");
    return stop && (full || text.isLastWordEnd(end)) ? end - 1 : end;
  }

  private int month(MatchResult match) {
    return Integer.parseInt(months.getOrDefault(match.group("month"), "0"));
  }

  private static Optional<Integer> year(MatchResult match) {
    return Optional.ofNullable(match.group("year")).map(Integer::parseInt);
  }
}
