package dev.ttsworker.synthesis;

import dev.ttsworker.text.markup.Lexicon;
import dev.ttsworker.text.markup.MarkedPiece;
import dev.ttsworker.text.markup.MarkedSegment;
import dev.ttsworker.text.markup.MarkedSegmenter;
import dev.ttsworker.text.markup.MarkupPart;
import dev.ttsworker.text.normal.Normalizer;
import dev.ttsworker.text.normal.Spoken;
import dev.ttsworker.voice.AskedWords;
import dev.ttsworker.voice.SpokenWord;
import dev.ttsworker.voice.SpokenWord.Pronunciation;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// One call's way from pieces of text to what is heard. Not thread-safe.
final class SpeechText {
  private final MarkedSegmenter segmenter;
  private final Normalizer normalizer;
  private final Lexicon lexicon;
  private final WordDetail detail;

  SpeechText(MarkedSegmenter segmenter, Normalizer normalizer, Lexicon lexicon, WordDetail detail) {
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

  private SpeechItem item(MarkedPiece piece) {
    return switch (piece) {
      case MarkedSegment segment -> new SpeechItem.Phrase(() -> script(segment));
      case MarkupPart.Pause pause -> new SpeechItem.Silence(pause.length());
      case MarkupPart.Manner manner -> new SpeechItem.Manner(manner.rate(), manner.volumeDb());
    };
  }

  private Script script(MarkedSegment segment) {
    Spoken spoken = normalizer.normalize(lexicon.mark(segment.wording()));
    boolean pronounced = spoken.words().stream().anyMatch(w -> w.pronounced().isPresent());
    if (detail == WordDetail.NOTHING && !pronounced) {
      return new Script(spoken.text(), AskedWords.NONE);
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
    return new Script(spoken.text(), new AskedWords(asked, detail == WordDetail.PHONEMES));
  }
}
