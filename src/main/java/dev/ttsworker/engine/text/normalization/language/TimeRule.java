package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// Text normalization of times of day: `14:30`, `14.30 Uhr`, `14h30`, `9:00–17:00`.
final class TimeRule implements Rule {
  private static final String CLOCK =
      "(?<h>[01]?\\d|2[0-4])(?<by>[:.])(?<m>[0-5]\\d)(?::(?<s>[0-5]\\d))?+(?!\\d|[.:,/]\\d)";
  private static final BoundedPattern DASH = BoundedPattern.of("[ \u00a0]?[-–—][ \u00a0]?(?=\\d)");
  private static final String HOUR = "(?<h>[01]?\\d|2[0-4])";
  private static final String HOUR_END = "(?![\\d\\p{L}]|[.:,/]\\d)";

  /// What may stand right after an hour; NUL is the end of the text.
  private static final String AFTER_HOUR = ".,;!?)\u0000";

  private final Language language;
  private final Map<String, String> templates;
  private final Map<String, String> words;
  private final Map<String, String> partsOfDay;
  private final Map<String, String> noNouns;
  private final Map<String, String> durations;
  private final String hourWord;
  private final BoundedPattern clock;
  private final BoundedPattern lettered;
  private final BoundedPattern dottedRange;
  private final BoundedPattern hourAlone;

  TimeRule(Language language) {
    this.language = language;
    this.templates = language.data().values("time");
    this.words = language.data().values("time words");
    this.partsOfDay = language.data().values("parts of the day");
    this.noNouns = language.data().values("after an hour");
    this.durations = language.data().values("before a duration");
    this.hourWord = templates.getOrDefault("hour word", "");
    String hourMark = templates.getOrDefault("hour mark", "");
    String marked = hourMark.isEmpty() ? "" : "[ \u00a0]?" + hourMark;
    this.hourAlone = BoundedPattern.of(HOUR + marked + HOUR_END);
    this.lettered =
        BoundedPattern.of(
            "(?<h>[01]?\\d|2[0-4])[ \u00a0]?["
                + templates.getOrDefault("letters", "hH")
                + "][ \u00a0]?(?<m>[0-5]\\d)(?:min|m)?+(?![\\p{L}\\d]|[ \u00a0]mi?n)");
    Map<String, String> marks = language.data().values("time marks");
    this.dottedRange =
        dottedRange(marks.keySet(), template("to"), templates.containsKey("dotted ranges"));
    this.clock =
        BoundedPattern.of(
            CLOCK
                + (marks.isEmpty()
                    ? "(?<mark>(?!))?+"
                    : "(?:[ \u00a0]?(?<mark>" + Language.anyOf(marks.keySet()) + ")(?!\\p{L}))?+"));
  }

  /// `8.30-17.00 uur`: with the mark of a time at its end, or also without one.
  private static BoundedPattern dottedRange(Set<String> marks, String to, boolean bare) {
    String clock = "(?:[01]?\\d|2[0-4])\\.[0-5]\\d";
    String mark = marks.isEmpty() ? "(?!)" : "[ \u00a0]?" + Language.anyOf(marks) + "(?!\\p{L})";
    String end = bare ? "(?!\\d|[.:,/-]\\d|[ \u00a0]?[%€$])" : mark;
    String dash = clock + "[ \u00a0]?[-–—][ \u00a0]?" + clock;
    return BoundedPattern.of(
        "(?:" + dash + end + "|" + clock + "[ ](?:" + to + ")[ ]" + clock + mark + ")");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    boolean digit = NumberReader.isDigit(text.peek(at));
    char before = text.peek(at - 1);
    if (!digit || !text.isWordStart(at) || before == ':' || before == ',' || before == '.') {
      return Optional.empty();
    }
    boolean dotted = dottedRange.at(text, at).isPresent();
    return one(text, at, form(text, at), dotted)
        .map(first -> range(text, first, dotted))
        .or(() -> hour(text, at));
  }

  private Verbalization range(Cursor text, Verbalization first, boolean dotted) {
    Optional<MatchResult> dash = DASH.at(text, first.end());
    return dash.flatMap(m -> one(text, m.end(), templates.getOrDefault("to form", ""), dotted))
        .map(second ->
            Verbalization.of(
                second.end(), first.words() + " " + template("to") + " " + second.words()))
        .orElse(first);
  }

  /// The form that the words before ask for; empty for that of the language.
  private String form(Cursor text, int at) {
    return announced(text, at).orElse("");
  }

  private Optional<String> announced(Cursor text, int at) {
    String last = Language.wordBefore(text, at);
    String two = text.secondWordBefore(at) + " " + last;
    return Optional.ofNullable(words.get(two.toLowerCase(Locale.ROOT)))
        .or(() -> Optional.ofNullable(words.get(last.toLowerCase(Locale.ROOT))));
  }

  private Optional<Verbalization> one(Cursor text, int at, String form, boolean dotted) {
    return clock
        .at(text, at)
        .filter(m ->
            dotted
                || m.group("by").equals(":")
                || m.group("mark") != null
                || announced(text, at).isPresent())
        .map(m ->
            said(m, form, isDuration(text, at, m) ? "duration" : m.group("mark"), m.group("s")))
        .or(() ->
            templates.containsKey("lettered")
                ? lettered.at(text, at).map(m -> said(m, form, "lettered", null))
                : Optional.empty());
  }

  /// `o godz. 14`, `o 5 rano`: an hour alone, where the words beside it prove an hour.
  private Optional<Verbalization> hour(Cursor text, int at) {
    return hourAlone
        .at(text, at)
        .filter(_ -> templates.containsKey("hour alone"))
        .flatMap(m ->
            announced(text, at)
                .filter(form -> form.startsWith("!") || isHour(text, at, m.end()))
                .map(form -> hour(m, form)));
  }

  /// Whether a part of the day follows; or after a word such as "o", no noun.
  private boolean isHour(Cursor text, int at, int end) {
    boolean alone = text.wordBefore(at).toLowerCase(Locale.ROOT).equals(hourWord);
    if (Cursor.isBlank(text.peek(end))) {
      String next = text.wordAfter(end).toLowerCase(Locale.ROOT);
      return partsOfDay.containsKey(next) || (alone && noNouns.containsKey(next));
    }
    return alone && AFTER_HOUR.indexOf(text.peek(end)) >= 0;
  }

  private Verbalization hour(MatchResult match, String form) {
    return Verbalization.of(
        match.end(), template("hour alone").replace("{h}", hourWords(match.group("h"), form)));
  }

  private Verbalization said(
      MatchResult match, String form, @Nullable String mark, @Nullable String seconds) {
    String minutes = match.group("m");
    boolean exact = minutes.equals("00") && seconds == null;
    String kind =
        mark == null
            ? "plain"
            : mark.equals("lettered") || mark.equals("duration") ? mark : "marked";
    String name = exact ? kind + " hour" : kind;
    String said =
        template(templates.containsKey(name) ? name : exact ? "plain hour" : "plain")
            .replace("{h}", hourWords(match.group("h"), kind.equals("duration") ? "f" : form))
            .replace("{hour}", hourNoun(match.group("h")))
            .replace("{m}", minutes(minutes));
    if (seconds != null) {
      said += " " + template("seconds").replace("{s}", number(Integer.parseInt(seconds)));
    }
    return Verbalization.of(match.end(), said);
  }

  /// `Dauer: 1:30 h`
  private boolean isDuration(Cursor text, int at, MatchResult match) {
    int end = text.peek(at - 2) == ':' ? at - 2 : at;
    return "h".equals(match.group("mark"))
        && durations.containsKey(text.wordBefore(end).toLowerCase(Locale.ROOT));
  }

  private String minutes(String digits) {
    String zero = templates.getOrDefault("zero", "");
    String said = number(Integer.parseInt(digits));
    boolean added = digits.startsWith("0") && !zero.isEmpty() && !digits.equals("00");
    return added ? zero + " " + said : said;
  }

  private String hourWords(String digits, String form) {
    String asked = form.startsWith("!") ? form.substring(1) : form;
    return language
        .numerals()
        .say(
            Integer.parseInt(digits),
            templates.getOrDefault("hour set", Numerals.CARDINAL),
            asked.isEmpty() ? template("hour form") : asked);
  }

  private String hourNoun(String digits) {
    String[] forms = templates.getOrDefault("hour noun", ";").split("; ?", -1);
    int hour = Integer.parseInt(digits);
    return (language.data().setting("plurals").equals("french") && hour == 0) || hour == 1
        ? forms[0]
        : forms[1];
  }

  private String number(int number) {
    return language
        .numerals()
        .say(number, Numerals.CARDINAL, templates.getOrDefault("minute form", Numerals.COUNTING));
  }

  private String template(String name) {
    String template = templates.get(name);
    if (template == null) {
      throw new IllegalStateException("[time] has no " + name);
    }
    return template;
  }
}
