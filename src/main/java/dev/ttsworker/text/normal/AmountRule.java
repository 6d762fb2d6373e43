package dev.ttsworker.text.normal;

import java.util.Optional;
import java.util.regex.MatchResult;

/// Numbers that nothing more special is known of: `1,234`, `-3.5`, `2 1/2`, `3k`, and what stands
/// right around them: `~5`, `5+`, `10x`.
final class AmountRule implements Rule {
  private static final Form TIMES = Form.of("[x×](?![\\p{L}\\p{N}_])(?<sum>(?= ?[-+=*^]))?+");
  private static final Form MORE = Form.of("\\+(?![\\p{N}\\p{L}+=])");

  private final Amounts amounts;

  AmountRule(English english) {
    this.amounts = new Amounts(english);
  }

  @Override
  public Optional<Reading> read(Source text, int at) {
    Optional<Amount> found = amounts.at(text, at);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Amount amount = found.get();
    int end = amount.end();
    Optional<MatchResult> factor = TIMES.at(text, end);
    if (factor.isPresent()) {
      boolean letter =
          text.wordBefore(at).equalsIgnoreCase("a") || factor.get().group("sum") != null;
      String times = amount.isOne() ? " time" : " times";
      return Optional.of(Reading.of(end + 1, amount.words() + (letter ? " X" : times)));
    }
    if (MORE.at(text, end).isPresent()) {
      return Optional.of(Reading.of(end + 1, amount.words() + " plus"));
    }
    return text.isWordEnd(end) ? Optional.of(Reading.of(end, amount.words())) : Optional.empty();
  }
}
