package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of cardinals without a more specific class: `1,234`, `-3.5`, `2 1/2`, `3k`,
/// and with signs around them: `~5`, `5+`, `10x`.
final class AmountRule implements Rule {
  private static final BoundedPattern TIMES =
      BoundedPattern.of("[x×](?![\\p{L}\\p{N}_])(?<sum>(?= ?[-+=*^]))?+");
  private static final BoundedPattern MORE = BoundedPattern.of("\\+(?![\\p{N}\\p{L}+=])");

  private static final BoundedPattern PER =
      BoundedPattern.of("/(?<per>\\p{Ll}{1,8}+)(?![\\p{L}\\p{N}])");

  private final Amounts amounts;
  private final Map<String, String> per = Tables.read("money.txt").section("per");
  private final Set<String> beforeTerms = Tables.read("symbols.txt").words("before a term");

  AmountRule(English english) {
    this.amounts = new Amounts(english);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    Optional<Amount> found = amounts.at(text, at);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Amount amount = found.get();
    int end = amount.end();
    Optional<MatchResult> factor = TIMES.at(text, end);
    if (factor.isPresent()) {
      boolean letter =
          text.wordBefore(at).equalsIgnoreCase("a")
              || factor.get().group("sum") != null
              || isTerm(text, at, end + 1);
      String times = amount.isOne() ? " time" : " times";
      return Optional.of(Verbalization.of(end + 1, amount.words() + (letter ? " X" : times)));
    }
    if (MORE.at(text, end).isPresent()) {
      return Optional.of(Verbalization.of(end + 1, amount.words() + " plus"));
    }
    Optional<MatchResult> rate =
        PER.at(text, end).filter(m -> per.containsKey(m.group("per")) && text.isWordStart(at));
    if (rate.isPresent()) {
      String words = amount.words() + " per " + per.get(rate.get().group("per"));
      return Optional.of(Verbalization.of(rate.get().end(), words));
    }
    return text.isWordEnd(end)
        ? Optional.of(Verbalization.of(end, amount.words()))
        : Optional.empty();
  }

  /// Whether the letter is a variable: `= 2x`, "Solve 2x", "the derivative of 3x".
  private boolean isTerm(Cursor text, int at, int end) {
    String word = text.wordBefore(at).toLowerCase(Locale.ROOT);
    String second = text.secondWordBefore(at).toLowerCase(Locale.ROOT);
    if (word.equals("is") && second.equals("what")) {
      return true;
    }
    if (beforeTerms.contains(word.equals("of") ? second : word)) {
      return true;
    }
    String after = text.wordAfter(end);
    if (!after.isEmpty() && Character.isLowerCase(after.charAt(0)) && after.length() > 1) {
      return false;
    }
    int before = at - 1;
    while (before > at - 3 && Cursor.isBlank(text.peek(before))) {
      before--;
    }
    char sign = text.peek(before);
    return sign != 0 && "=+*/−^".indexOf(sign) >= 0;
  }
}
