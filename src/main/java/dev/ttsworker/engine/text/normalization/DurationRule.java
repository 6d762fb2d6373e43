package dev.ttsworker.engine.text.normalization;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.MatchResult;

/// Text normalization of durations of several parts: `1h 30m`, `2d 4h`, `3m 20s`, `1 hr 15 min`.
final class DurationRule implements Rule {
  private static final BoundedPattern DURATION =
      BoundedPattern.of(
          "(?:(?<d>\\d{1,4}+) ?(?:d|days?) ?)?+"
              + "(?:(?<h>\\d{1,4}+) ?(?:h|hrs?)\\.? ?)?+"
              + "(?:(?<m>\\d{1,4}+) ?(?:m|mins?)(?!\\p{L})\\.? ?)?+"
              + "(?:(?<s>\\d{1,4}+) ?(?:s|secs?)(?!\\p{L}))?+"
              + "(?<=[\\p{L}. ])");
  private static final BoundedPattern HOUR_ONLY =
      BoundedPattern.of("(?<h>\\d{1,2})h(?<m>[0-5]\\d)(?![\\p{L}\\p{N}])");
  private static final BoundedPattern CLOCKED =
      BoundedPattern.of("(?<h>\\d{1,2}):(?<m>[0-5]\\d):(?<s>[0-5]\\d)(?![\\p{L}\\p{N}_:]|[.,]\\d)");
  private static final Set<String> LASTS =
      Set.of("for", "lasts", "lasted", "last", "lasting", "after", "within");
  private static final Set<String> MEASURES =
      Set.of("time", "duration", "length", "runtime", "elapsed", "total", "record");
  private static final Set<String> FINISHES =
      Set.of(
          "finished",
          "finish",
          "finishes",
          "ran",
          "run",
          "runs",
          "completed",
          "done",
          "won",
          "marathon",
          "race");
  private static final Set<String> DESCRIBED =
      Set.of(
          "film",
          "video",
          "movie",
          "recording",
          "clip",
          "version",
          "cut",
          "episode",
          "song",
          "podcast");
  private static final List<String> PARTS = List.of("d", "h", "m", "s");
  private static final List<String> NAMES = List.of("day", "hour", "minute", "second");

  private final NumberWords numbers;

  DurationRule(English english) {
    this.numbers = english.numbers();
  }

  /// Hours, minutes and seconds that are not a time of day: "ran for 2:05:10".
  Optional<Verbalization> clocked(Cursor text, int at) {
    if (!Character.isDigit(text.peek(at)) || !text.isWordStart(at)) {
      return Optional.empty();
    }
    return CLOCKED
        .at(text, at)
        .filter(m -> isLasting(text, at, m.end()))
        .map(m -> Verbalization.of(m.end(), listed(m, isDescribing(text, at, m.end()))));
  }

  private static boolean isLasting(Cursor text, int at, int end) {
    if (DESCRIBED.contains(text.wordAfter(end)) || text.wordAfter(end).equals("long")) {
      return true;
    }
    int colon = text.peek(at - 1) == ' ' && text.peek(at - 2) == ':' ? at - 2 : at;
    String word = text.wordBefore(colon).toLowerCase(Locale.ROOT);
    String second = text.secondWordBefore(colon).toLowerCase(Locale.ROOT);
    boolean hours = Set.of("took", "takes", "take").contains(word);
    return LASTS.contains(word)
        || (hours && text.peek(at + 1) == ':')
        || (MEASURES.contains(word) && colon < at)
        || (Set.of("of", "is", "was").contains(word) && MEASURES.contains(second))
        || (word.equals("in") && FINISHES.contains(second));
  }

  private static boolean isDescribing(Cursor text, int at, int end) {
    return text.wordBefore(at).equalsIgnoreCase("a") && DESCRIBED.contains(text.wordAfter(end));
  }

  private String listed(MatchResult match, boolean described) {
    List<String> parts = new ArrayList<>();
    for (int i = 1; i < PARTS.size(); i++) {
      int number = Integer.parseInt(match.group(PARTS.get(i)));
      if (number > 0) {
        String plural = number == 1 || described ? "" : "s";
        parts.add(numbers.cardinal(number) + " " + NAMES.get(i) + plural);
      }
    }
    if (parts.isEmpty()) {
      return "zero seconds";
    }
    String last = parts.removeLast();
    return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!Character.isDigit(text.peek(at))) {
      return Optional.empty();
    }
    return HOUR_ONLY
        .at(text, at)
        .map(m -> Verbalization.of(m.end(), words(m)))
        .or(() ->
            DURATION
                .at(text, at)
                .filter(m -> parts(m) >= 2)
                .map(m -> Verbalization.of(end(text, m), words(m)))
                .filter(reading -> text.isWordEnd(reading.end())));
  }

  private static int end(Cursor text, MatchResult match) {
    int end = match.end();
    while (Cursor.isBlank(text.peek(end - 1))) {
      end--;
    }
    boolean sentenceEnd = text.peek(end - 1) == '.' && text.isLastWordEnd(end);
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
