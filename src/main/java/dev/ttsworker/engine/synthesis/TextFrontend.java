package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.text.markup.AnnotatedSegment;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.markup.Lexicon;
import dev.ttsworker.engine.text.markup.MarkupEvent;
import dev.ttsworker.engine.text.markup.MarkupPart;
import dev.ttsworker.engine.text.normalization.NormalizedText;
import dev.ttsworker.engine.text.normalization.Normalizer;
import dev.ttsworker.engine.voice.SpokenWord;
import dev.ttsworker.engine.voice.SpokenWord.Pronunciation;
import dev.ttsworker.engine.voice.WordTimingRequest;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// One call's way from pieces of text to what is heard. Not thread-safe.
final class TextFrontend {
  private final AnnotatedSegmenter segmenter;
  private final Normalizer normalizer;
  private final Lexicon lexicon;
  private final WordDetail detail;

  TextFrontend(
      AnnotatedSegmenter segmenter, Normalizer normalizer, Lexicon lexicon, WordDetail detail) {
    this.segmenter = segmenter;
    this.normalizer = normalizer;
    this.lexicon = lexicon;
    this.detail = detail;
  }

  /// Takes the next piece, joined verbatim to what came before.
  ///
  /// @return what is certain now
  List<SpeechItem> accept(String piece) {
    return segmenter.accept(piece).stream().map(this::item).toList();
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
      case MarkupPart.Manner manner -> new SpeechItem.Manner(manner.rate(), manner.volumeDb());
    };
  }

  private VerbalizedSegment script(AnnotatedSegment segment) {
    NormalizedText spoken = normalizer.normalize(lexicon.mark(segment.wording()));
    boolean pronounced = spoken.words().stream().anyMatch(w -> w.pronounced().isPresent());
    if (detail == WordDetail.NOTHING && !pronounced) {
      return new VerbalizedSegment(spoken.text(), WordTimingRequest.NONE);
    }
    int[] contextEnds = ContextEnds.of(segment.wording().text(), spoken.words());
    Iterator<Integer> ends = IntStream.of(contextEnds).iterator();
    List<SpokenWord> asked =
        spoken.words().stream()
            .map(word ->
                new SpokenWord(
                    word.text(),
                    segment.sourceStart(word.start()),
                    segment.sourceEnd(word.end()),
                    segment.sourceEnd(ends.next()),
                    word.pronounced().map(how -> new Pronunciation(how.said(), how.phonemes()))))
            .toList();
    return new VerbalizedSegment(
        spoken.text(), new WordTimingRequest(asked, detail == WordDetail.PHONEMES));
  }
}
