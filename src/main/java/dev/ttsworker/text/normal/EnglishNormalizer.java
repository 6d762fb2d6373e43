package dev.ttsworker.text.normal;

import java.util.List;
import java.util.Optional;

/// English as it is said: at each place the first rule that reads something there is followed;
/// where none does, the word or sign stays as it is. Immutable.
final class EnglishNormalizer implements Normalizer {
  private final English english;
  private final Rule emoji;
  private final List<Rule> rules;

  private EnglishNormalizer(English english, Rule emoji, List<Rule> rules) {
    this.english = english;
    this.emoji = emoji;
    this.rules = rules;
  }

  EnglishNormalizer(Dialect dialect, Normalizers.Emoji emojiChoice) {
    english = English.of(dialect);
    emoji = new EmojiRule(english, emojiChoice);
    YearRule years = new YearRule(english);
    rules =
        List.of(
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

  /// The same rules with another choice for emoji.
  EnglishNormalizer with(Normalizers.Emoji choice) {
    return new EnglishNormalizer(english, new EmojiRule(english, choice), rules);
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
    Optional<Reading> reading = emoji.read(text, at);
    for (int i = 0; i < rules.size() && reading.isEmpty(); i++) {
      reading = rules.get(i).read(text, at).filter(found -> found.end() > at);
    }
    reading.ifPresent(found -> output.say(found, at));
    return reading.map(Reading::end).orElse(at);
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
