package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.PronunciationOverride.InterpretAs;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// English text normalization: at each index the first rule that matches verbalizes; without one
/// the word or sign is unchanged. Immutable.
final class EnglishNormalizer implements Normalizer {
  private static final Predicate<String> WHOLE = Pattern.compile("\\d{1,15}").asMatchPredicate();

  private final English english;
  private final List<Rule> rules;
  private final RuleReader reader;

  private EnglishNormalizer(English english, Rule emoji, List<Rule> rules) {
    this.english = english;
    this.rules = rules;
    this.reader = reader(emoji);
  }

  EnglishNormalizer(Dialect dialect, Normalizers.Emoji emojiChoice) {
    english = English.of(dialect);
    YearRule years = new YearRule(english);
    DurationRule durations = new DurationRule(english);
    rules =
        List.of(
            new HtmlRule(),
            new LatexRule(this::formula),
            new ForeignRule(),
            new MarkdownRule(),
            new WebRule(english),
            new FileRule(english),
            new TagRule(english),
            new ClauseRule(english),
            new PlaceRule(english),
            new CodeRule(english),
            new NumericDateRule(english),
            new PhoneRule(english),
            new ScientificRule(english),
            new VersionRule(english),
            new DateRule(english),
            durations::clocked,
            new TimeRule(english),
            new MoneyRule(english),
            durations,
            new CoordinateRule(english),
            new LengthRule(english),
            new SizeRule(english),
            years::decade,
            new UnitRule(english),
            years,
            new OrdinalRule(english),
            new AmountRule(english),
            new AbbreviationRule(english),
            new RomanRule(english),
            new FormulaRule(),
            new NumeralRule(english),
            new NameRule(english),
            new AcronymRule(english),
            new SymbolRule(english),
            new PunctuationRule());
    reader = reader(new EmojiRule(english, emojiChoice));
  }

  private RuleReader reader(Rule emoji) {
    List<Rule> all = Stream.concat(Stream.of(emoji), rules.stream()).toList();
    return new RuleReader(all, this::formula, this::said);
  }

  /// The same rules with another emoji option.
  EnglishNormalizer with(Normalizers.Emoji choice) {
    return new EnglishNormalizer(english, new EmojiRule(english, choice), rules);
  }

  @Override
  public NormalizedText normalize(AnnotatedText annotated) {
    return normalize(new Cursor(annotated.text()), annotated.spans());
  }

  NormalizedText normalize(Cursor text, List<Span> spans) {
    return spans.isEmpty() && SymbolRule.isSymbolOnly(text)
        ? new SpokenTextBuilder(text).spoken()
        : reader.normalize(text, spans);
  }

  private String formula(String words) {
    return normalize(AnnotatedText.of(words)).text();
  }

  private String said(String words, InterpretAs interpretation) {
    String figures = words.strip().replaceAll("[,\\s]", "");
    String plain = normalize(AnnotatedText.of(words)).text();
    return switch (interpretation) {
      case SPELLED -> Letters.spell(words);
      case DIGITS -> english.numbers().digits(words.replaceAll("\\D", ""));
      case CARDINAL ->
          WHOLE.test(figures) ? english.numbers().cardinal(Long.parseLong(figures)) : plain;
      case ORDINAL ->
          WHOLE.test(figures) ? english.numbers().ordinal(Long.parseLong(figures)) : plain;
      case EMPHASISED -> plain;
    };
  }
}
