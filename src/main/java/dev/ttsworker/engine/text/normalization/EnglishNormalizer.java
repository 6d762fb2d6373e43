package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.PronunciationOverride.InterpretAs;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// English text normalization: at each index the first rule that matches verbalizes; without one
/// the word or sign is unchanged. Immutable.
final class EnglishNormalizer implements Normalizer {
  private static final Predicate<String> WHOLE = Pattern.compile("\\d{1,15}").asMatchPredicate();

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
    SpokenTextBuilder output = new SpokenTextBuilder(text);
    if (spans.isEmpty() && SymbolRule.isSymbolOnly(text)) {
      return output.spoken();
    }
    int at = 0;
    for (Span span : spans) {
      int start = text.clean().index(span.start());
      int end = text.clean().index(span.end());
      read(text, at, start, output);
      applyOverride(text, start, end, span.override(), output);
      at = end;
    }
    read(text, at, text.length(), output);
    return output.spoken();
  }

  private String formula(String words) {
    return normalize(AnnotatedText.of(words)).text();
  }

  private void applyOverride(
      Cursor text, int start, int end, PronunciationOverride override, SpokenTextBuilder output) {
    switch (override) {
      case PronunciationOverride.Alias(String words) -> {
        String said = normalize(AnnotatedText.of(words)).text();
        output.append(
            said.isBlank() ? Verbalization.dropped(end) : Verbalization.of(end, said), start);
      }
      case PronunciationOverride.Ipa ipa -> output.pronounce(start, end, ipa);
      case InterpretAs.EMPHASISED -> {
        int from = output.length();
        read(text, start, end, output);
        output.emphasise(from);
      }
      case InterpretAs interpretation ->
          output.append(
              Verbalization.of(end, said(text.subSequence(start, end).toString(), interpretation)),
              start);
    }
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

  private void read(Cursor text, int start, int end, SpokenTextBuilder output) {
    int at = start;
    while (at < end) {
      int next = readOne(text, at, end, output);
      if (next == at) {
        next = Math.min(end, wordEnd(text, at));
        output.appendVerbatim(at, next);
      }
      at = next;
    }
  }

  /// A verbalization does not extend beyond `limit`: if it would, the rules read the text as if it
  /// ended there.
  private int readOne(Cursor text, int at, int limit, SpokenTextBuilder output) {
    Optional<Verbalization> reading = reading(text, at);
    if (reading.isPresent() && reading.get().end() > limit) {
      reading = reading(new Cursor(text.toString().substring(0, limit)), at);
    }
    reading.ifPresent(found -> output.append(found, at));
    return reading.map(Verbalization::end).orElse(at);
  }

  private Optional<Verbalization> reading(Cursor text, int at) {
    Optional<Verbalization> reading = emoji.read(text, at);
    for (int i = 0; i < rules.size() && reading.isEmpty(); i++) {
      reading = rules.get(i).read(text, at).filter(found -> found.end() > at);
    }
    return reading;
  }

  /// The end of a word with its apostrophes, or of a single sign.
  private static int wordEnd(Cursor text, int at) {
    int end = at;
    while (isWordPart(text, end)) {
      end++;
    }
    return Math.max(end, at + Character.charCount(text.codePointAt(at)));
  }

  private static boolean isWordPart(Cursor text, int at) {
    char c = text.peek(at);
    if (c == '\'' || c == '’') {
      return Character.isLetter(text.peek(at - 1)) && Character.isLetter(text.peek(at + 1));
    }
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }
}
