package dev.ttsworker.text.normal;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.MatchResult;

/// Durations of several parts: `1h 30m`, `2d 4h`, `3m 20s`, `1 hr 15 min`.
final class DurationRule implements Rule {
  private static final Form DURATION =
      Form.of(
          "(?:(?<d>\\d{1,4}+) ?(?:d|days?) ?)?+"
              + "(?:(?<h>\\d{1,4}+) ?(?:h|hrs?)\\.? ?)?+"
              + "(?:(?<m>\\d{1,4}+) ?(?:m|mins?)(?!\\p{L})\\.? ?)?+"
              + "(?:(?<s>\\d{1,4}+) ?(?:s|secs?)(?!\\p{L}))?+"
              + "(?<=[\\p{L}. ])");
  private static final Form HOUR_ONLY = Form.of("(?<h>\\d{1,2})h(?<m>[0-5]\\d)(?![\\p{L}\\p{N}])");
  private static final List<String> PARTS = List.of("d", "h", "m", "s");
  private static final List<String> NAMES = List.of("day", "hour", "minute", "second");

  private final NumberWords numbers;

  DurationRule(English english) {
    this.numbers = english.numbers();
  }

  @Override
  public Optional<Reading> read(Source text, int at) {
    if (!Character.isDigit(text.look(at))) {
      return Optional.empty();
    }
    return HOUR_ONLY
        .at(text, at)
        .map(m -> Reading.of(m.end(), words(m)))
        .or(() ->
            DURATION
                .at(text, at)
                .filter(m -> parts(m) >= 2)
                .map(m -> Reading.of(end(text, m), words(m)))
                .filter(reading -> text.isWordEnd(reading.end())));
  }

  private static int end(Source text, MatchResult match) {
    int end = match.end();
    while (Source.isBlank(text.look(end - 1))) {
      end--;
    }
    boolean sentenceEnd = text.look(end - 1) == '.' && text.isLastWordEnd(end);
    return sentenceEnd ? end - 1 : end;
  }

  private static long parts(MatchResult match) {
    return PARTS.stream().filter(part -> has(match, part)).count();
  }

  private static boolean has(MatchResult match, String part) {
    return match.namedGroups().containsKey(part) && match.group(part) != null;
  }

  private String words(MatchResult match) {
    StringJoiner words = new StringJoiner(" ");
    for (int i = 0; i < PARTS.size(); i++) {
      if (has(match, PARTS.get(i))) {
        int number = Integer.parseInt(match.group(PARTS.get(i)));
        words.add(numbers.cardinal(number) + " " + NAMES.get(i) + (number == 1 ? "" : "s"));
      }
    }
    return words.toString();
  }
}
