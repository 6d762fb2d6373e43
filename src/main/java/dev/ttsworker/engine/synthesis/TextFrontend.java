package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.WordDetail;
import dev.ttsworker.engine.runtime.Scheduler;
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
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Text front end of one call: pieces of text to segments and their verbalized text. It works in
/// jobs of the scheduler, since the work grows with the text; one job takes what is there, up to a
/// bound. Not thread-safe: one job at a time.
final class TextFrontend {
  /// A job that has analysed this much and found nothing to speak ends, whether or not other jobs
  /// wait.
  static final int MOST_CHARS = TextEvent.Piece.LONGEST;

  private final AnnotatedSegmenter segmenter;
  private final Normalizer normalizer;
  private final LexiconAnnotator lexicon;
  private final WordDetail detail;
  private final TextSource text;
  private final CancellationToken cancel;
  private boolean ended;

  /// The front end of one call.
  ///
  /// @param warnings gets one for markup that is ignored
  static TextFrontend of(
      VoiceDescription voice,
      SynthesisRequest request,
      Normalizers normalizers,
      TextSource text,
      CancellationToken cancel,
      Consumer<String> warnings) {
    TextOptions options = request.text();
    WordDetail detail = request.words();
    return switch (voice.input()) {
      case CHUNK ->
          new TextFrontend(
              new AnnotatedSegmenter(Optional.empty(), new ChunkSegmenter()),
              normalizers.plain(),
              Lexicon.EMPTY,
              detail,
              text,
              cancel);
      case SENTENCE -> {
        List<String> languages = voice.languages(voice.speaker(request.voice()));
        yield new TextFrontend(
            segmenter(options, new SentenceSegmenter(languages), warnings),
            normalizer(options, normalizers, languages),
            options.lexicon(),
            detail,
            text,
            cancel);
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
      AnnotatedSegmenter segmenter,
      Normalizer normalizer,
      Lexicon lexicon,
      WordDetail detail,
      TextSource text,
      CancellationToken cancel) {
    this.segmenter = segmenter;
    this.normalizer = normalizer;
    this.lexicon = new LexiconAnnotator(lexicon);
    this.detail = detail;
    this.text = text;
    this.cancel = cancel;
  }

  /// Whether the end of the text was read.
  boolean isEnded() {
    return ended;
  }

  /// Reads an event and those that are there behind it, until there is something to say, more
  /// urgent work waits, or the bound is reached. Runs on a thread of the scheduler.
  ///
  /// @return what is certain now, in order
  /// @throws WorkerException `CALL_CANCELLED` once cancelled
  List<SpeechItem> read(TextEvent first, Scheduler.Turn turn) {
    List<SpeechItem> items = new ArrayList<>();
    Optional<TextEvent> next = Optional.of(first);
    int chars = 0;
    while (next.isPresent()) {
      if (cancel.isCancelled()) {
        throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled");
      }
      TextEvent event = next.get();
      switch (event) {
        case TextEvent.Piece(String piece) -> {
          items.addAll(accept(piece));
          chars += piece.length();
        }
        case TextEvent.Quiet _ -> items.addAll(finish());
        case TextEvent.End _ -> {
          items.addAll(finish());
          ended = true;
        }
      }
      boolean goesOn = !ended && items.isEmpty() && chars < MOST_CHARS && !turn.shouldYield();
      next = goesOn ? text.poll() : Optional.empty();
    }
    return items;
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
  private List<SpeechItem> finish() {
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
