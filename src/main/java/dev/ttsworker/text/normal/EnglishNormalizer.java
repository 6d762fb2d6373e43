package dev.ttsworker.text.normal;

import java.util.List;
import java.util.Optional;

/// English as it is said: at each place the first rule that reads something there is followed;
/// where none does, the word or sign stays as it is. Immutable.
final class EnglishNormalizer implements Normalizer {
  private final List<Rule> rules;

  EnglishNormalizer(Dialect dialect, Normalizers.Emoji emoji) {
    English english = English.of(dialect);
    YearRule years = new YearRule(english);
    rules =
        List.of(
            new EmojiRule(english, emoji),
            new MarkdownRule(),
            new WebRule(english),
            new FileRule(english),
            new TagRule(english),
            new NumericDateRule(english),
            new PhoneRule(english),
            new VersionRule(english),
            new DateRule(english),
            new TimeRule(english),
            new MoneyRule(english),
            new DurationRule(english),
            new LengthRule(english),
            new SizeRule(english),
            years::decade,
            new UnitRule(english),
            years,
            new OrdinalRule(english),
            new AmountRule(english),
            new AbbreviationRule(),
            new RomanRule(english),
            new NameRule(english),
            new AcronymRule(english),
            new SymbolRule(english),
            new PunctuationRule());
  }

  @Override
  public Spoken normalize(String text) {
    return normalize(new Source(text));
  }

  Spoken normalize(Source text) {
    Output output = new Output(text);
    int at = 0;
    while (at < text.length()) {
      int end = read(text, at, output);
      if (end == at) {
        end = wordEnd(text, at);
        output.keep(at, end);
      }
      at = end;
    }
    return output.spoken();
  }

  private int read(Source text, int at, Output output) {
    for (Rule rule : rules) {
      Optional<Reading> reading = rule.read(text, at);
      if (reading.isPresent() && reading.get().end() > at) {
        output.say(reading.get(), at);
        return reading.get().end();
      }
    }
    return at;
  }

  /// The end of a word with its apostrophes, or of a single sign.
  private static int wordEnd(Source text, int at) {
    int end = at;
    while (isWordPart(text, end)) {
      end++;
    }
    return Math.max(end, at + Character.charCount(text.codePointAt(at)));
  }

  private static boolean isWordPart(Source text, int at) {
    char c = text.look(at);
    if (c == '\'' || c == '’') {
      return Character.isLetter(text.look(at - 1)) && Character.isLetter(text.look(at + 1));
    }
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }
}
