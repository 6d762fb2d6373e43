package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.ExplainedSentence;
import dev.ttsworker.engine.TextExplainer;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.g2p.PhonemizedText;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.text.Speakable;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.markup.AnnotatedSegment;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.markup.LexiconAnnotator;
import dev.ttsworker.engine.text.normalization.NormalizedText;
import dev.ttsworker.engine.text.normalization.Normalizer;
import dev.ttsworker.engine.text.normalization.language.LanguageNormalizers;
import dev.ttsworker.engine.voice.VoiceFamily.FrontEndUse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Text analysis on the way that speech takes, without a voice.
public final class FrontendExplainer implements TextExplainer {
  private final TextOptions options;
  private final List<String> languages;
  private final Normalizer normalizer;
  private final LexiconAnnotator lexicon;
  private final FrontEndUse frontEnd;
  private final Consumer<String> warnings;
  private final Runnable whenClosed;

  /// @param languages BCP 47 tags, the most specific first
  /// @param whenClosed ends the front end
  public FrontendExplainer(
      TextOptions options,
      List<String> languages,
      FrontEndUse frontEnd,
      Consumer<String> warnings,
      Runnable whenClosed) {
    this.options = options;
    this.languages = languages;
    this.normalizer = TextFrontend.normalizer(options, LanguageNormalizers.all(), languages);
    this.lexicon = new LexiconAnnotator(options.lexicon());
    this.frontEnd = frontEnd;
    this.warnings = warnings;
    this.whenClosed = whenClosed;
    options.lexicon().allSymbols().forEach((symbol, word) -> warn(word, symbol));
  }

  @Override
  public List<ExplainedSentence> explain(String text) {
    List<AnnotatedSegment> parts = segments(new SentenceSegmenter(languages), text, warnings);
    List<ExplainedSentence> sentences = new ArrayList<>();
    int next = 0;
    for (AnnotatedSegment sentence :
        segments(SentenceSegmenter.ofWholeSentences(languages), text, _ -> {})) {
      List<AnnotatedSegment> clauses = new ArrayList<>();
      while (next < parts.size() && parts.get(next).start() < sentence.end()) {
        clauses.add(parts.get(next));
        next++;
      }
      sentences.add(sentence(text, sentence, clauses));
    }
    return sentences;
  }

  private List<AnnotatedSegment> segments(
      SentenceSegmenter segmenter, String text, Consumer<String> ignored) {
    AnnotatedSegmenter annotated = TextFrontend.segmenter(options, segmenter, ignored);
    return Stream.concat(annotated.appendText(text).stream(), annotated.finish().stream())
        .filter(AnnotatedSegment.class::isInstance)
        .map(AnnotatedSegment.class::cast)
        .toList();
  }

  private ExplainedSentence sentence(
      String text, AnnotatedSegment sentence, List<AnnotatedSegment> clauses) {
    List<String> verbalized = new ArrayList<>();
    List<String> phonemes = new ArrayList<>();
    for (AnnotatedSegment clause : clauses) {
      NormalizedText normalized = normalizer.normalize(lexicon.annotate(clause.annotatedText()));
      verbalized.add(normalized.text());
      if (Speakable.hasWords(normalized.text())) {
        phonemize(normalized).sentences().stream().map(String::strip).forEach(phonemes::add);
      }
    }
    return new ExplainedSentence(
        written(text, sentence),
        String.join(" ", verbalized).strip(),
        String.join(" ", phonemes),
        clauses.size() > 1
            ? clauses.stream().map(clause -> written(text, clause)).toList()
            : List.of());
  }

  private PhonemizedText phonemize(NormalizedText normalized) {
    List<SpokenWord> words = normalized.words();
    words.forEach(word -> word.phonemes().ifPresent(ipa -> warn(word.text(), ipa)));
    boolean overridden = words.stream().anyMatch(word -> word.pronunciation().isPresent());
    return frontEnd.g2p().convert(normalized.text(), overridden ? words : List.of());
  }

  /// Reports symbols of a word's IPA that the voice does not have.
  private void warn(String word, String ipa) {
    List<String> unknown = frontEnd.unknown().of(ipa);
    if (!unknown.isEmpty()) {
      warnings.accept(ExplainedSentence.unknownPhonemes(word, unknown));
    }
  }

  @Override
  public void close() {
    whenClosed.run();
  }

  private static String written(String text, AnnotatedSegment segment) {
    int length = Math.toIntExact(segment.end() - segment.start());
    int start = text.offsetByCodePoints(0, Math.toIntExact(segment.sourceStart(0)));
    int end = text.offsetByCodePoints(0, Math.toIntExact(segment.sourceEnd(length)));
    return text.substring(start, end);
  }
}
