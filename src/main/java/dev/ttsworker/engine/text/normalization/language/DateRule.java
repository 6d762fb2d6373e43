package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of dates: `3. Mai 2024`, `1er mai`, `3 de mayo de 2024`, `03.05.2024`,
/// `2024-05-03`, and where usual `3.5.`
final class DateRule implements Rule {
  private static final BoundedPattern NUMERIC =
      BoundedPattern.of(
          "(?<d>0?[1-9]|[12]\\d|3[01])(?<by>[./-])[ ]?(?<m>0?[1-9]|1[0-2])\\k<by>[ ]?(?<y>[12]\\d{3}|\\d{2})(?![\\d/-]|[.,]\\d)");
  private static final BoundedPattern ISO =
      BoundedPattern.of(
          "(?<y>[12]\\d{3})-(?<m>0[1-9]|1[0-2])-(?<d>0[1-9]|[12]\\d|3[01])(?![\\d-])");
  private static final BoundedPattern SHORT =
      BoundedPattern.of("(?<d>0?[1-9]|[12]\\d|3[01])\\.[ ]?(?<m>0?[1-9]|1[0-2])\\.(?!\\d)");

  /// Day and month; a time of day has other minutes as a rule.
  private static final BoundedPattern DOTTED =
      BoundedPattern.of("(?<d>0?[1-9]|[12]\\d|3[01])\\.(?<m>0[1-9]|1[12])(?![\\d/]|[.,:]\\d)");

  private static final BoundedPattern SLASHED =
      BoundedPattern.of("(?<d>0?[1-9]|[12]\\d|3[01])/(?<m>0?[1-9]|1[0-2])(?![\\d/])");

  private final Language language;
  private final Calendar calendar;
  private final BoundedPattern named;
  private final boolean shortDates;
  private final boolean dottedDates;

  DateRule(Language language) {
    this.language = language;
    this.calendar = new Calendar(language);
    LanguageData data = language.data();
    String link = data.setting("date link", "");
    String between = link.isEmpty() ? "" : "(?:(?:" + link + ") )?+";
    String mark = data.setting("day mark", "\\.?");
    named =
        BoundedPattern.of(
            "(?:(?<first>[0-3]?\\d)"
                + mark
                + "+(?:[ ]?[-–][ ]?|(?<slash>"
                + (data.setting("slashed days", "").isEmpty() ? "(?!)" : "/")
                + ")|[ ](?<joint>"
                + data.setting("day joints", "(?!)")
                + ")[ ]))?+(?<d>[0-3]?\\d)"
                + mark
                + "+[ \u00a0]?"
                + between
                + "(?<m>"
                + Language.anyOf(calendar.writtenMonths())
                + ")(?![\\p{L}\\p{N}])(?:,?[ \u00a0]"
                + between
                + "(?<y>[12]\\d{3})(?![\\d]|[.,]\\d)(?:[ \u00a0](?<after>"
                + data.setting("after a year", "(?!)")
                + ")(?!\\p{L}))?+)?+");
    dottedDates = data.setting("dotted dates", "no").equals("yes");
    shortDates = data.setting("short dates", "no").equals("yes");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!NumberReader.isDigit(text.peek(at))
        || !text.isWordStart(at)
        || ".,/:".indexOf(text.peek(at - 1) == 0 ? ' ' : text.peek(at - 1)) >= 0) {
      return Optional.empty();
    }
    return named
        .at(text, at)
        .filter(m -> Calendar.isDay(m.group("d")) && !isFollowed(text, m.end()))
        .map(m -> named(text, at, m))
        .or(() -> ISO.at(text, at).map(m -> numeric(text, at, m)))
        .or(() -> numeric(text, at))
        .or(() -> withoutYear(text, at));
  }

  /// "3 sett. fa" is no date.
  private boolean isFollowed(Cursor text, int end) {
    return text.peek(end - 1) == '.'
        && language.data().section("after no date").containsKey(text.wordAfter(end));
  }

  private Verbalization named(Cursor text, int at, MatchResult match) {
    String form = calendar.dayForm(text, at);
    String day = calendar.day(Integer.parseInt(match.group("d")), form);
    String first = match.group("first");
    if (first != null) {
      String joint = match.group("joint");
      String between = match.group("slash") == null ? "to" : "slashed days";
      String word = joint == null ? language.data().setting(between) : joint;
      day = calendar.day(Integer.parseInt(first), form) + " " + word + " " + day;
    }
    Optional<String> year = Optional.ofNullable(match.group("y")).map(calendar::year);
    String words = calendar.say(day, calendar.month(match.group("m")), year);
    String after = match.group("after");
    boolean stopped = after == null ? match.group().endsWith(".") : after.endsWith(".");
    return Verbalization.stopped(text, match.end(), words, stopped);
  }

  private Optional<Verbalization> numeric(Cursor text, int at) {
    return NUMERIC
        .at(text, at)
        .filter(_ -> !calendar.isExcluded(text, at))
        .map(m -> numeric(text, at, m));
  }

  private Verbalization numeric(Cursor text, int at, MatchResult match) {
    String year = calendar.year(match.group("y"));
    String day = calendar.day(text, at, Integer.parseInt(match.group("d")));
    int month = Integer.parseInt(match.group("m"));
    return Verbalization.of(
        afterYear(text, match.end()), calendar.say(day, month, Optional.of(year)));
  }

  /// Past the word for a year that the date already has: "r."
  private int afterYear(Cursor text, int end) {
    String after = language.data().setting("after a year", "");
    if (after.isEmpty() || text.peek(end) != ' ') {
      return end;
    }
    String word = text.wordAfter(end);
    int stop = end + 1 + word.length();
    return word.equals("r") && text.peek(stop) == '.'
        ? (text.isLastWordEnd(stop + 1) ? stop : stop + 1)
        : word.equals("roku") ? stop : end;
  }

  /// `3.5.` in German, and `14/07` after a word that announces a date.
  private Optional<Verbalization> withoutYear(Cursor text, int at) {
    Optional<MatchResult> found =
        shortDates
            ? SHORT.at(text, at)
            : SLASHED
                .at(text, at)
                .or(() -> dottedDates ? DOTTED.at(text, at) : Optional.empty())
                .filter(_ ->
                    language
                        .data()
                        .section("before a date")
                        .containsKey(text.wordBefore(at).toLowerCase(java.util.Locale.ROOT)));
    return found
        .filter(_ -> !calendar.isExcluded(text, at))
        .map(m -> {
          String day = calendar.day(text, at, Integer.parseInt(m.group("d")));
          String words = calendar.say(day, Integer.parseInt(m.group("m")), Optional.empty());
          return Verbalization.stopped(text, m.end(), words, shortDates);
        });
  }
}
