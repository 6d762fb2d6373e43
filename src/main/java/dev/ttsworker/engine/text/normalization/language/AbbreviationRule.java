package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text normalization of abbreviations: `z. B.`, `Mme`, `ul.` After `|` the data say what must
/// stand beside one: `number` or `name` after it, `counted` a number before it, `feminine` a name
/// in -a after it, `date` a comma and a digit.
final class AbbreviationRule implements Rule {
  private static final BoundedPattern NUMBER =
      BoundedPattern.of("[ \u00a0]?(?:\\d|[IVXLC]{1,7}(?![\\p{L}]))");
  private static final BoundedPattern NAME = BoundedPattern.of("[ \u00a0]{1,2}\\p{Lu}");
  private static final BoundedPattern FEMININE =
      BoundedPattern.of("[ \u00a0]{1,2}\\p{Lu}\\p{Ll}{0,30}+(?<=a)(?!\\p{L})");
  private static final BoundedPattern ROMAN = BoundedPattern.of("[IVXLC]{1,9}+(?!\\p{L})");
  private static final BoundedPattern DATE =
      BoundedPattern.of(",?[ \u00a0](?:[\\p{Ll}]{1,3} )?\\d");

  private final Map<String, String> words = new HashMap<>();
  private final BoundedPattern pattern;

  AbbreviationRule(Language language) {
    Map<String, String> entries = language.data().values("abbreviations");
    entries.forEach((written, said) -> {
      words.put(written.replace(" ", ""), said);
      char first = written.charAt(0);
      if (Character.isLowerCase(first)) {
        String rest = written.substring(1).replace(" ", "");
        words.putIfAbsent(
            Character.toUpperCase(first) + rest,
            Character.toUpperCase(said.charAt(0)) + said.substring(1));
      }
    });
    String any =
        entries.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(AbbreviationRule::regex)
            .collect(Collectors.joining("|"));
    pattern = any.isEmpty() ? BoundedPattern.of("(?!)") : BoundedPattern.of("(?<word>" + any + ")");
  }

  /// Blanks between the parts may be missing; the first letter may be a capital.
  private static String regex(String written) {
    char first = written.charAt(0);
    String start =
        Character.isLowerCase(first)
            ? "[" + first + Character.toUpperCase(first) + "]"
            : Pattern.quote(Character.toString(first));
    StringBuilder regex = new StringBuilder(start);
    for (char c : written.substring(1).toCharArray()) {
      regex.append(c == ' ' ? "[ \u00a0\u202f]?" : Pattern.quote(Character.toString(c)));
    }
    boolean letter = Character.isLetterOrDigit(written.charAt(written.length() - 1));
    return regex + (letter ? "(?![\\p{L}\\p{N}_.])" : "(?!\\.)");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!Character.isLetter(text.peek(at)) || !text.isWordStart(at) || text.peek(at - 1) == '.') {
      return Optional.empty();
    }
    return pattern
        .at(text, at)
        .flatMap(m ->
            said(text, at, m)
                .map(said -> Verbalization.stopped(text, m.end(), said, m.group().endsWith("."))));
  }

  /// The first expansion whose condition holds.
  private Optional<String> said(Cursor text, int at, MatchResult match) {
    String written = match.group().replaceAll("[ \u00a0\u202f]", "");
    return Arrays.stream(words.getOrDefault(written, "").split(" \\|\\| ", -1))
        .map(choice -> choice.split(" \\| ", -1))
        .filter(choice -> choice.length < 2 || holds(choice[1], text, at, match.end()))
        .map(choice -> choice[0])
        .filter(said -> !said.isEmpty())
        .findFirst();
  }

  private static boolean holds(String condition, Cursor text, int at, int end) {
    return switch (condition) {
      case "number" -> NUMBER.at(text, end).isPresent();
      case "name" -> NAME.at(text, end).isPresent();
      case "date" -> DATE.at(text, end).isPresent();
      case "counted" ->
          text.wordBefore(at).chars().anyMatch(Character::isDigit)
              || ROMAN.at(text, text.beforeWord(at)).isPresent();
      case "feminine" -> FEMININE.at(text, end).isPresent();
      default ->
          throw new IllegalStateException(
              "condition " + condition + " is none of number, name, date, counted and feminine");
    };
  }
}
