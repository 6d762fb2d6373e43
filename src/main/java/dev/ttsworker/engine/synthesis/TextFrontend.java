package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.WordDetail;
import dev.ttsworker.engine.text.ChunkSegmenter;
import dev.ttsworker.engine.text.Segmenter;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.markup.AnnotatedSegment;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.markup.LexiconAnnotator;
import dev.ttsworker.engine.text.markup.MarkupEvent;
import dev.ttsworker.engine.text.markup.MarkupParser;
import dev.ttsworker.engine.text.markup.MarkupPart;
import dev.ttsworker.engine.text.normalization.NormalizedText;
import dev.ttsworker.engine.text.normalization.Normalizer;
import dev.ttsworker.engine.text.normalization.Normalizers;
import dev.ttsworker.engine.text.normalization.Normalizers.Emoji;
import dev.ttsworker.engine.voice.WordTimingRequest;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Text front end of one call: pieces of text to segments and their verbalized text. Not
/// thread-safe.
final class TextFrontend {
  private final AnnotatedSegmenter segmenter;
  private final Normalizer normalizer;
  private final LexiconAnnotator lexicon;
  private final WordDetail detail;

  /// The front end of one call.
  ///
  /// @param warnings gets one for markup that is ignored
  static TextFrontend of(
      VoiceDescription voice,
      SynthesisRequest request,
      Normalizers normalizers,
      Consumer<String> warnings) {
    TextOptions options = request.text();
    WordDetail detail = request.words();
    return switch (voice.input()) {
      case CHUNK ->
          new TextFrontend(
              new AnnotatedSegmenter(Optional.empty(), new ChunkSegmenter()),
              normalizers.plain(),
              Lexicon.EMPTY,
              detail);
      case SENTENCE -> {
        List<String> languages = voice.languages(voice.speaker(request.voice()));
        yield new TextFrontend(
            segmenter(options, new SentenceSegmenter(languages), warnings),
            normalizer(options, normalizers, languages),
            options.lexicon(),
            detail);
      }
    };
  }

  /// Segments one call's text.
  ///
  /// @param warnings gets one for markup that is ignored
  static AnnotatedSegmenter segmenter(
      TextOptions options, Segmenter segmenter, Consumer<String> warnings) {
    return new AnnotatedSegmenter(
        options.markup() ? Optional.of(new MarkupParser(warnings)) : Optional.empty(),
        segmenter,
        options.lexicon(),
        options.pauses());
  }

  /// Verbalizes text of a voice's languages.
  ///
  /// @param languages BCP 47 tags, the most specific first
  static Normalizer normalizer(
      TextOptions options, Normalizers normalizers, List<String> languages) {
    return options.normalized()
        ? normalizers.forLanguages(languages, options.emojiSaid() ? Emoji.SAY : Emoji.DROP)
        : normalizers.plain();
  }

  TextFrontend(
      AnnotatedSegmenter segmenter, Normalizer normalizer, Lexicon lexicon, WordDetail detail) {
    this.segmenter = segmenter;
    this.normalizer = normalizer;
    this.lexicon = new LexiconAnnotator(lexicon);
    this.detail = detail;
  }

  /// Takes the next piece, joined verbatim to what came before.
  ///
  /// @return what is certain now
  List<SpeechItem> accept(String piece) {
    return segmenter.appendText(piece).stream().map(this::item).toList();
  }

  /// Whether text is held back that waits for its end.
  boolean holdsText() {
    return segmenter.holdsText();
  }

  /// Ends the text, or has all that is there spoken now; the text may go on after that.
  ///
  /// @return what was left
  List<SpeechItem> finish() {
    return segmenter.finish().stream().map(this::item).toList();
  }

  private SpeechItem item(MarkupEvent piece) {
    return switch (piece) {
      case AnnotatedSegment segment -> new SpeechItem.Phrase(() -> script(segment));
      case MarkupPart.Pause pause -> new SpeechItem.Silence(pause.length());
      case MarkupPart.Prosody prosody -> new SpeechItem.Prosody(prosody.rate(), prosody.volumeDb());
    };
  }

  private VerbalizedSegment script(AnnotatedSegment segment) {
    NormalizedText spoken = normalizer.normalize(lexicon.annotate(segment.annotatedText()));
    boolean pronounced = spoken.words().stream().anyMatch(w -> w.pronunciation().isPresent());
    if (detail == WordDetail.NOTHING && !pronounced) {
      return new VerbalizedSegment(spoken.text(), WordTimingRequest.NONE);
    }
    int[] contextEnds = ContextEnds.of(segment.annotatedText().text(), spoken.words());
    Iterator<Integer> ends = IntStream.of(contextEnds).iterator();
    List<SpokenWord> asked =
        spoken.words().stream()
            .map(word ->
                new SpokenWord(
                    word.text(),
                    segment.sourceStart(Math.toIntExact(word.sourceStart())),
                    segment.sourceEnd(Math.toIntExact(word.sourceEnd())),
                    segment.sourceEnd(ends.next()),
                    word.pronunciation()))
            .toList();
    return new VerbalizedSegment(
        spoken.text(), new WordTimingRequest(asked, detail == WordDetail.PHONEMES));
  }
}
