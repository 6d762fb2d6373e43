package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.PronunciationOverride.InterpretAs;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.EmojiRule;
import dev.ttsworker.engine.text.normalization.HtmlRule;
import dev.ttsworker.engine.text.normalization.MarkdownRule;
import dev.ttsworker.engine.text.normalization.NormalizedText;
import dev.ttsworker.engine.text.normalization.Normalizer;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.RuleReader;
import java.util.List;
import java.util.stream.Collectors;

/// Text normalization of a language by its data. Immutable.
final class LanguageNormalizer implements Normalizer {
  private final Language language;
  private final RuleReader reader;

  LanguageNormalizer(Language language) {
    this(language, rules(language));
  }

  LanguageNormalizer(Language language, List<Rule> rules) {
    this.language = language;
    this.reader =
        new RuleReader(rules, words -> normalize(AnnotatedText.of(words)).text(), this::said);
  }

  /// All rules, in order of precedence.
  static List<Rule> rules(Language language) {
    return List.of(
        EmojiRule.dropping(language.numerals()::digits),
        HtmlRule.of(language.data().values("symbols")),
        new MarkdownRule(),
        new WebRule(language),
        new MoneyRule(language),
        new DateRule(language),
        new TimeRule(language),
        new CodeRule(language),
        new PhoneRule(language),
        new FractionRule(language),
        new OrdinalRule(language),
        new UnitRule(language),
        new YearRule(language),
        new RomanRule(language),
        new WeekdayRule(language),
        new AbbreviationRule(language),
        new SymbolRule(language),
        new NumberRule(language),
        new DashRule());
  }

  @Override
  public NormalizedText normalize(AnnotatedText annotated) {
    return normalize(Cursor.ofAnyLanguage(annotated.text()), annotated.spans());
  }

  NormalizedText normalize(Cursor text, List<Span> spans) {
    return reader.normalize(text, spans);
  }

  private String said(String words, InterpretAs interpretation) {
    String figures = words.strip().replaceAll("[., \u00a0'\u202f]", "");
    boolean whole = !figures.isEmpty() && figures.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean number = whole && figures.length() <= Numerals.LONGEST;
    return switch (interpretation) {
      case SPELLED -> spelled(words);
      case DIGITS -> language.numerals().digits(words);
      case CARDINAL ->
          number
              ? language.numerals().say(Long.parseLong(figures), Numerals.CARDINAL, "c")
              : normalize(AnnotatedText.of(words)).text();
      case ORDINAL ->
          number
              ? language
                  .numerals()
                  .say(
                      Long.parseLong(figures),
                      Ordinals.SET,
                      language.data().setting("ordinal alone", "m"))
              : normalize(AnnotatedText.of(words)).text();
      case EMPHASISED -> normalize(AnnotatedText.of(words)).text();
    };
  }

  private String spelled(String words) {
    return words
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .mapToObj(c ->
            c >= '0' && c <= '9'
                ? language.numerals().digits(Character.toString(c))
                : Character.toString(c))
        .collect(Collectors.joining(" "));
  }
}
