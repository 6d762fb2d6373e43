package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.PronunciationOverride.InterpretAs;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.Speakable;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.SpokenWord.Pronunciation;
import dev.ttsworker.engine.text.WordSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text normalization for languages without rules: changes only dashes, brackets and digits that
/// eSpeak NG does not read in every language that has them, and applies pronunciation overrides.
final class PlainNormalizer implements Normalizer {
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("(?<=[\\p{L}\\p{M}”’\"»)])[—―─⸺]{1,3}(?=[\\p{L}“‘\"«(¿¡])");
  private static final Pattern BETWEEN_BLANKS =
      Pattern.compile("(?<=\\p{L} )(?:--?|[―─])(?= \\p{L})");

  private static final Pattern OPENING = Pattern.compile("(?<=\\p{L})（(?=[\\p{L}\\p{N}])");
  private static final Pattern CLOSING = Pattern.compile("(?<=[\\p{L}\\p{N}])）(?=\\p{L})");

  /// The comma of thousands before decimals, `1,234.50`: eSpeak NG drops these in Hindi.
  private static final Pattern THOUSANDS =
      Pattern.compile("(?<=\\p{Nd}),(?=(?:\\p{Nd}{2,3},){0,6}+\\p{Nd}{3}\\.\\p{Nd})");

  @Override
  public NormalizedText normalize(AnnotatedText annotated) {
    Builder builder = new Builder(annotated.text());
    int at = 0;
    for (Span span : annotated.spans()) {
      builder.appendVerbatim(at, span.start());
      builder.applyOverride(span);
      at = span.end();
    }
    builder.appendVerbatim(at, annotated.text().length());
    return new NormalizedText(builder.said.toString(), builder.words);
  }

  /// One normalization. Not thread-safe.
  private static final class Builder {
    private final String text;
    private final CodePoints points;
    private final StringBuilder said = new StringBuilder();
    private final List<SpokenWord> words = new ArrayList<>();

    Builder(String original) {
      this.text = LocalDigits.toAscii(original);
      this.points = new CodePoints(original);
    }

    void appendVerbatim(int from, int to) {
      int start = points.at(from);
      said.append(withoutThousands(withPauses(text.substring(from, to))));
      Segment segment = new Segment(text.substring(from, to), start, points.at(to));
      for (SpokenWord word : WordSplitter.of(segment)) {
        boolean loose = (from > 0 || to < text.length()) && !hasLetters(word.text());
        if (!loose) {
          add(
              withoutThousands(word.text()),
              word.sourceStart(),
              word.sourceEnd(),
              Optional.empty());
        }
      }
    }

    /// eSpeak NG pauses at a long dash before a blank only, and not at Chinese brackets.
    private static String withPauses(String part) {
      String spaced = BETWEEN_WORDS.matcher(part).replaceAll("— ");
      String dashed = BETWEEN_BLANKS.matcher(spaced).replaceAll("—");
      return CLOSING.matcher(OPENING.matcher(dashed).replaceAll("，")).replaceAll("，");
    }

    private static String withoutThousands(String part) {
      return THOUSANDS.matcher(part).replaceAll("");
    }

    /// Punctuation between spans is no word.
    private static boolean hasLetters(String word) {
      return word.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private void add(String word, long start, long end, Optional<Pronunciation> pronounced) {
      words.add(new SpokenWord(word, start, end, pronounced));
    }

    void applyOverride(Span span) {
      String own = text.substring(span.start(), span.end());
      switch (span.override()) {
        case PronunciationOverride.Alias(String alias) -> replace(span, alias);
        case PronunciationOverride.Ipa ipa -> pronounce(span, own, ipa);
        case InterpretAs.SPELLED -> replace(span, apart(own, Character::isLetterOrDigit));
        case InterpretAs.DIGITS -> replace(span, apart(own, Character::isDigit));
        case InterpretAs.EMPHASISED -> emphasise(span);
        case InterpretAs.CARDINAL, InterpretAs.ORDINAL -> appendVerbatim(span.start(), span.end());
      }
    }

    private void pronounce(Span span, String own, PronunciationOverride.Ipa ipa) {
      said.append(own);
      String word = own.strip();
      if (!Speakable.isBlank(word)) {
        add(
            ipa.displayText().isEmpty() ? word : ipa.displayText(),
            points.at(span.start()),
            points.at(span.end()),
            Optional.of(new Pronunciation(word, ipa.phonemes())));
      }
    }

    private static String apart(String own, java.util.function.IntPredicate kept) {
      return own.codePoints()
          .filter(kept)
          .mapToObj(Character::toString)
          .collect(Collectors.joining(" "));
    }

    private void replace(Span span, String alias) {
      said.append(alias);
      int start = points.at(span.start());
      int end = points.at(span.end());
      for (SpokenWord word : WordSplitter.of(new Segment(alias, 0, 0))) {
        add(word.text(), start, end, Optional.empty());
      }
    }

    private void emphasise(Span span) {
      int first = words.size();
      appendVerbatim(span.start(), span.end());
      words
          .subList(first, words.size())
          .replaceAll(word ->
              new SpokenWord(
                  word.text(),
                  word.sourceStart(),
                  word.sourceEnd(),
                  Optional.of(new Pronunciation(word.text(), ""))));
    }
  }
}
