package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of short weekdays without a full stop before a date or a time, `Do 5.12.`,
/// and of two of them, `Mo-Fr`, `lun. a vie.`
final class WeekdayRule implements Rule {
  private static final String DATE =
      "(?=,?[ \u00a0]\\d{1,2}(?:(?<date>\\.[ ]?(?:\\d{1,2}\\.|\\p{Lu}\\p{Ll}{2}))|[:/]\\d{2}|[. ]?\\d{0,2}[ ]?(?:Uhr|uur|h)(?!\\p{L})))";

  private final Language language;
  private final Map<String, String> days = new HashMap<>();
  private final BoundedPattern two;
  private final BoundedPattern dated;
  private final Map<String, String> genitives;
  private final Map<String, String> beforeGenitive;

  WeekdayRule(Language language) {
    this.language = language;
    language
        .data()
        .values("weekdays")
        .forEach((day, shorts) -> {
          for (String written : shorts.split(", ", -1)) {
            days.put(written, day);
            days.putIfAbsent(
                written.toUpperCase(Locale.ROOT).charAt(0) + written.substring(1), day);
          }
        });
    String day = Language.anyOf(days.keySet()) + "(?!\\p{L})";
    String joints = language.data().setting("weekday joints", "(?!)");
    two =
        BoundedPattern.of(
            "(?<first>"
                + day
                + ")\\.?(?:[ ]?[-–—][ ]?|[ ](?<joint>"
                + joints
                + ")[ ])(?<second>"
                + day
                + ")(?<stop>\\.)?+");
    boolean alone = language.data().setting("weekdays before a date", "no").equals("yes");
    dated = BoundedPattern.of(alone ? "(?<first>" + day + ")" + DATE : "(?!)");
    genitives = language.data().values("weekday genitives");
    beforeGenitive = language.data().values("before a weekday genitive");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!Character.isLetter(text.peek(at)) || !text.isWordStart(at) || text.peek(at - 1) == '-') {
      return Optional.empty();
    }
    return two.at(text, at)
        .filter(m -> !m.group("first").equalsIgnoreCase(m.group("second")))
        .map(m -> two(text, at, m))
        .or(() -> dated.at(text, at).map(m -> dated(text, m)));
  }

  private Verbalization dated(Cursor text, MatchResult match) {
    boolean comma = match.group("date") != null && text.peek(match.end()) != ',';
    String mark = comma ? language.data().setting("after a weekday", "") : "";
    return Verbalization.of(match.end(), day(match.group("first")) + mark);
  }

  private Verbalization two(Cursor text, int at, MatchResult match) {
    String written = match.group("joint");
    String joint = written == null ? language.data().setting("to") : spoken(written);
    String first = day(match.group("first"));
    String before = text.wordBefore(at).toLowerCase(Locale.ROOT);
    String second = day(match.group("second"));
    String words = after(before, first) + " " + joint + " " + after(joint, second);
    return Verbalization.stopped(text, match.end(), words, match.group("stop") != null);
  }

  private String after(String word, String day) {
    return beforeGenitive.containsKey(word) ? genitives.getOrDefault(day, day) : day;
  }

  /// A joint that is an abbreviation itself: "t/m".
  private String spoken(String joint) {
    return language.data().values("abbreviations").getOrDefault(joint, joint);
  }

  private String day(String written) {
    return days.getOrDefault(written, written);
  }
}
