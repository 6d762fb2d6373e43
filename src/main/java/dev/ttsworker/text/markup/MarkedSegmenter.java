package dev.ttsworker.text.markup;

import dev.ttsworker.text.Segment;
import dev.ttsworker.text.Segmenter;
import dev.ttsworker.text.markup.MarkupPart.Manner;
import dev.ttsworker.text.markup.MarkupPart.Pause;
import dev.ttsworker.text.markup.MarkupPart.Words;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Takes the marks out of the streamed text of one call, and parts the rest into segments. Pauses
/// and changes of manner end a segment. Not thread-safe.
public final class MarkedSegmenter {
  private final Optional<MarkupReader> markup;
  private final Segmenter segmenter;
  private final Deque<Run> runs = new ArrayDeque<>();
  private final List<MarkedPiece> pieces = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();
  private long written;
  private long length;

  /// Words that stand together.
  ///
  /// @param start code points of the text without marks before it
  record Run(long start, long end, Words words) {
    /// Whether each character stands where it was written.
    boolean isLiteral() {
      return words.end() - words.start() == end - start;
    }
  }

  /// @param markup empty where marks are text
  public MarkedSegmenter(Optional<MarkupReader> markup, Segmenter segmenter) {
    this.markup = markup;
    this.segmenter = segmenter;
  }

  /// Takes the next piece of text, joined verbatim to what came before.
  ///
  /// @return what is certain now, in order
  public List<MarkedPiece> accept(String piece) {
    markup.map(reader -> reader.accept(piece)).orElseGet(() -> plain(piece)).forEach(this::take);
    endWords();
    return taken();
  }

  /// Whether text is held back that waits for its end: a sentence's, or a mark's.
  public boolean holdsText() {
    return segmenter.holdsText() || markup.map(MarkupReader::holdsText).orElse(false);
  }

  /// Ends the text, or the sentence that is there; the text may go on after that.
  ///
  /// @return what was left, in order
  public List<MarkedPiece> finish() {
    markup.map(MarkupReader::finish).orElse(List.of()).forEach(this::take);
    endWords();
    endSentence();
    return taken();
  }

  private List<MarkupPart> plain(String piece) {
    long start = written;
    written += piece.codePointCount(0, piece.length());
    return piece.isEmpty()
        ? List.of()
        : List.of(new Words(piece, start, written, Optional.empty()));
  }

  private List<MarkedPiece> taken() {
    List<MarkedPiece> taken = List.copyOf(pieces);
    pieces.clear();
    return taken;
  }

  private void take(MarkupPart part) {
    switch (part) {
      case Words more -> {
        runs.add(new Run(length, length + more.length(), more));
        length += more.length();
        words.append(more.text());
      }
      case Pause pause -> {
        endWords();
        endSentence();
        if (pause.length().isPositive()) {
          pieces.add(pause);
        }
      }
      case Manner manner -> {
        endWords();
        endSentence();
        pieces.add(manner);
      }
    }
  }

  /// Words between two marks that end no sentence are one piece of text.
  private void endWords() {
    if (!words.isEmpty()) {
      segmenter.accept(words.toString()).forEach(this::add);
      words.setLength(0);
    }
  }

  private void endSentence() {
    segmenter.finish().forEach(this::add);
  }

  private void add(Segment segment) {
    while (!runs.isEmpty() && runs.getFirst().end() <= segment.start()) {
      runs.removeFirst();
    }
    List<Run> own = new ArrayList<>();
    for (Run run : runs) {
      if (run.start() >= segment.end()) {
        break;
      }
      own.add(run);
    }
    pieces.add(new MarkedSegment(segment, own));
  }
}
