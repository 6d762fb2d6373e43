package dev.ttsworker.engine.text.normalization;

import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// Text normalization of times of day (semiotic class time): `7:30 a.m.`, `7pm`, `19:00`, `7.30pm`,
/// `12:30:15`.
final class TimeRule implements Rule {
  private static final String HALF =
      BoundedPatterns.GAP + "(?<half>[aApP])(?<dotted>\\.?) ?[mM](?:\\.|(?![\\p{L}\\p{N}]))";
  private static final BoundedPattern WITH_HALF =
      BoundedPattern.of("(?<h>0?[1-9]|1[0-2])(?:[:.](?<m>[0-5]\\d))?+(?::(?<s>[0-5]\\d))?+" + HALF);
  private static final BoundedPattern CLOCK =
      BoundedPattern.of(
          "(?<h>[01]?\\d|2[0-4]):(?<m>[0-5]\\d)(?::(?<s>[0-5]\\d)(?:[.,]\\d{1,6})?+)?+"
              + "(?<zone>Z)?+(?![\\p{L}\\p{N}_]|:\\S|[.,]\\d)(?<oclock> o['’]clock)?+");
  private static final BoundedPattern EXACT =
      BoundedPattern.of(
          "(?<h>\\d{1,2}):(?<m>[0-5]\\d)\\.(?<part>\\d{1,3}+)(?![\\p{L}\\p{N}_:]|[.,]\\d)");
  private static final Set<String> HALVES_OF_DAYS = Set.of("noon", "midnight");
  private static final BoundedPattern RANGE =
      BoundedPattern.of(
          "(?<h>0?[1-9]|1[0-2])(?:[:.](?<m>[0-5]\\d))?+(?= ?[-–—] ?(?:1[0-2]|[1-9])(?:[:.][0-5]\\d)? ?[aApP]\\.?[mM]\\b)");

  private final NumberWords numbers;

  TimeRule(English english) {
    this.numbers = english.numbers();
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!Character.isDigit(text.peek(at))) {
      return Optional.empty();
    }
    return WITH_HALF
        .at(text, at)
        .map(m -> withHalf(text, m))
        .or(() ->
            RANGE
                .at(text, at)
                .filter(m -> m.group("m") != null)
                .map(m -> Verbalization.of(m.end(), time(m, false))))
        .or(() -> CLOCK.at(text, at).map(m -> clock(text, m)))
        .or(() -> EXACT.at(text, at).map(this::exact));
  }

  private Verbalization withHalf(Cursor text, MatchResult match) {
    String half = match.group("half").equalsIgnoreCase("a") ? " A M" : " P M";
    int end = match.end();
    boolean stop = text.peek(end - 1) == '.';
    if (stop && match.group("dotted").isEmpty()) {
      // The full stop of "7 pm." belongs to the sentence.
      return Verbalization.of(end - 1, time(match, true) + half);
    }
    return Verbalization.of(
        end, time(match, true) + half + (stop && text.isLastWordEnd(end) ? "." : ""));
  }

  /// Race times: `10:30.5`, `1:02.34`.
  private Verbalization exact(MatchResult match) {
    String minutes = numbers.cardinal(Integer.parseInt(match.group("h")));
    int seconds = Integer.parseInt(match.group("m"));
    String rest = (seconds < 10 ? "oh " : "") + (seconds == 0 ? "oh" : numbers.cardinal(seconds));
    String part = numbers.digits(match.group("part"));
    return Verbalization.of(match.end(), minutes + " " + rest + " point " + part);
  }

  private Verbalization clock(Cursor text, MatchResult match) {
    boolean oclock = match.group("oclock") != null;
    boolean named = HALVES_OF_DAYS.contains(text.wordAfter(match.end()));
    String zone = match.group("zone") == null ? "" : " U T C";
    return Verbalization.of(
        match.end(), time(match, oclock || named) + (oclock ? " o'clock" : "") + zone);
  }

  /// @param bare whether a full hour needs no "o'clock"
  private String time(MatchResult match, boolean bare) {
    int hour = Integer.parseInt(match.group("h"));
    @Nullable String written = match.group("m");
    int minute = written == null ? 0 : Integer.parseInt(written);
    String words = hourAndMinute(hour, minute, bare || written == null, match);
    @Nullable String seconds = match.namedGroups().containsKey("s") ? match.group("s") : null;
    if (seconds == null) {
      return words;
    }
    int second = Integer.parseInt(seconds);
    if (second == 0) {
      return words;
    }
    return words + " and " + numbers.cardinal(second) + (second == 1 ? " second" : " seconds");
  }

  private String hourAndMinute(int hour, int minute, boolean bare, MatchResult match) {
    if (minute > 0) {
      return numbers.cardinal(hour) + (minute < 10 ? " oh " : " ") + numbers.cardinal(minute);
    }
    if (bare) {
      return numbers.cardinal(hour);
    }
    if (hour == 0 || hour == 24) {
      return "midnight";
    }
    boolean seconds = match.namedGroups().containsKey("s") && match.group("s") != null;
    return numbers.cardinal(hour) + (hour > 12 || seconds ? " hundred" : " o'clock");
  }
}
