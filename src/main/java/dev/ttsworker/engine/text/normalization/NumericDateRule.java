package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Text normalization of numeric dates (semiotic class date): `2024-05-01`, `5/12/2024`,
/// `25.12.2024`, and `5/12` after "on" and the like.
final class NumericDateRule implements Rule {
  private static final BoundedPattern ISO =
      BoundedPattern.of(
          "(?<y>[12]\\d{3})(?<s>[-/])(?<m>\\d{2})\\k<s>(?<d>\\d{2})(?!\\d)(?<t>T(?=\\d\\d:\\d\\d))?+");
  private static final BoundedPattern SLASHED =
      BoundedPattern.of(
          "(?<a>\\d{1,2})(?<s>[-/.])(?<b>\\d{1,2})\\k<s>(?<y>\\d{4}|\\d{2})(?![\\p{L}\\p{N}]|[./-]\\d)");
  private static final BoundedPattern SHORT =
      BoundedPattern.of("(?<a>\\d{1,2})/(?<b>\\d{1,2})(?![\\p{L}\\p{N}/]|\\.\\d)");

  private static final BoundedPattern PERIOD =
      BoundedPattern.of(
          "\\d{1,2}/\\d{1,2} ?(?:to|and|through|thru|until|[-–—]) ?\\d{1,2}/\\d{1,2}(?![\\d/])");

  /// Text before the second date of a period.
  private static final Pattern PERIOD_START =
      Pattern.compile("(?i)\\b(?:from|between) \\d{1,2}/\\d{1,2} (?:to|and|through|thru|until) $");

  private static final Pattern WEEKDAY =
      Pattern.compile("\\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\\.?,? $");
  private static final int FARTHEST = 28;

  private final English english;
  private final MonthDays days;
  private final Set<String> changes = Tables.read("dates.txt").words("changes");
  private final Set<String> before = Tables.read("dates.txt").words("before a day");

  NumericDateRule(English english) {
    this.english = english;
    this.days = new MonthDays(english);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!Character.isDigit(text.peek(at)) || text.peek(at - 1) == '/') {
      return Optional.empty();
    }
    return ISO.at(text, at)
        .flatMap(m -> reading(m, number(m, "m"), number(m, "d"), Optional.of(number(m, "y"))))
        .or(() -> SLASHED.at(text, at).flatMap(this::slashed))
        .or(() -> shortDate(text, at));
  }

  private Optional<Verbalization> slashed(MatchResult match) {
    String sign = match.group("s");
    String written = match.group("y");
    if (written.length() == 2 && !sign.equals("/")) {
      return Optional.empty();
    }
    int year = Integer.parseInt(written) + (written.length() == 2 ? 2_000 : 0);
    boolean monthFirst = !english.isBritish() && !sign.equals(".");
    return ordered(match, monthFirst, Optional.of(year));
  }

  private Optional<Verbalization> shortDate(Cursor text, int at) {
    if (!isDate(text, at)) {
      return Optional.empty();
    }
    return SHORT.at(text, at).flatMap(m -> ordered(m, !english.isBritish(), Optional.empty()));
  }

  private boolean isDate(Cursor text, int at) {
    String word = text.wordBefore(at).toLowerCase(Locale.ROOT);
    if (before.contains(word)) {
      return !word.equals("by")
          || !changes.contains(text.secondWordBefore(at).toLowerCase(Locale.ROOT));
    }
    if (Set.of("from", "between").contains(word)) {
      return PERIOD.at(text, at).isPresent();
    }
    CharSequence head = text.subSequence(Math.max(0, at - FARTHEST), at);
    return PERIOD_START.matcher(head).find() || WEEKDAY.matcher(head).find();
  }

  private Optional<Verbalization> ordered(
      MatchResult match, boolean monthFirst, Optional<Integer> year) {
    int first = number(match, "a");
    int second = number(match, "b");
    int month = monthFirst ? first : second;
    int day = monthFirst ? second : first;
    return month > 12 ? reading(match, day, month, year) : reading(match, month, day, year);
  }

  private Optional<Verbalization> reading(
      MatchResult match, int month, int day, Optional<Integer> year) {
    if (!MonthDays.isValid(month, day)) {
      return Optional.empty();
    }
    boolean time = match.namedGroups().containsKey("t") && match.group("t") != null;
    String words = days.numeric(month, day, year) + (time ? "," : "");
    return Optional.of(Verbalization.of(match.end(), words));
  }

  private static int number(MatchResult match, String group) {
    return Integer.parseInt(match.group(group));
  }
}
