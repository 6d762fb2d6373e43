package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text normalization of legal references: `230(c)(1)`, `5(a)`, `401(k)`.
final class ClauseRule implements Rule {
  private static final BoundedPattern CLAUSE =
      BoundedPattern.of(
          "(?<number>\\d{1,4}+(?:\\.\\d{1,3}+){0,2}+)"
              + "(?<parts>(?:\\((?:[a-zA-Z]|\\d{1,2}|[ivx]{2,4})\\)){1,5}+)(?![\\p{L}\\p{N}_])");
  private static final Pattern PART = Pattern.compile("[A-Za-z]+|\\d+");
  private static final int LONGEST_CARDINAL = 2;

  private final NumberWords numbers;
  private final Letters letters;

  ClauseRule(English english) {
    numbers = english.numbers();
    letters = english.letters();
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    return Character.isDigit(text.peek(at)) && text.isWordStart(at)
        ? CLAUSE.at(text, at).map(m -> reading(text, m))
        : Optional.empty();
  }

  private Verbalization reading(Cursor text, MatchResult match) {
    String number = match.group("number");
    boolean name = number.length() > LONGEST_CARDINAL && number.indexOf('.') < 0;
    StringJoiner words = new StringJoiner(" ");
    words.add(name ? letters.number(number) : numbers.written(number));
    Matcher parts = PART.matcher(match.group("parts"));
    while (parts.find()) {
      String part = parts.group();
      if (Character.isDigit(part.charAt(0))) {
        words.add(numbers.written(part));
      } else {
        String capitals = part.toUpperCase(Locale.ROOT);
        words.add(part.length() > 1 ? numbers.cardinal(RomanRule.value(capitals)) : capitals);
      }
    }
    return Verbalization.of(
        match.end(), Letters.withoutArticle(words.toString(), text, match.end()));
  }
}
