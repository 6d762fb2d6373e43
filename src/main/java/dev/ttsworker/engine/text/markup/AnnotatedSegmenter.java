package dev.ttsworker.engine.text.markup;

import dev.ttsworker.config.PauseSettings;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.Segmenter;
import dev.ttsworker.engine.text.markup.MarkupPart.Manner;
import dev.ttsworker.engine.text.markup.MarkupPart.Pause;
import dev.ttsworker.engine.text.markup.MarkupPart.Words;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Takes the marks out of the streamed text of one call, and parts the rest into segments. Pauses
/// and changes of manner end a segment. Not thread-safe.
public final class AnnotatedSegmenter {
  private final Optional<MarkupParser> markup;
  private final Segmenter segmenter;
  private final LexiconAnnotator lexicon;
  private final CallBudget budget = new CallBudget();
  private final Deque<Run> runs = new ArrayDeque<>();
  private final List<MarkupEvent> pieces = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();
  private String halfCharacter = "";
  private long written;
  private long length;
  private long said;
  private final SegmentPauses pauses;
  private final SegmentPauses.LineEnds lines = new SegmentPauses.LineEnds();
  private Optional<Segment> last = Optional.empty();
  private boolean pieceOpen;

  /// Text that is said in one way and was written in one place.
  ///
  /// @param start code points of the text without marks before it
  /// @param end code points of the text without marks up to its end
  /// @param sourceStart offset of what it was written as
  /// @param sourceEnd offset just past that
  record Run(
      long start,
      long end,
      long sourceStart,
      long sourceEnd,
      Optional<PronunciationOverride> saying) {
    /// Whether each character stands where it was written.
    boolean isLiteral() {
      return sourceEnd - sourceStart == end - start;
    }

    /// Whether the next one is only another piece of it.
    private boolean goesOnWith(Run next) {
      boolean same = saying.equals(next.saying) && isLiteral() && next.isLiteral();
      boolean parts = saying.isEmpty() || saying.get() == PronunciationOverride.Way.EMPHASISED;
      return same && parts && sourceEnd == next.sourceStart;
    }
  }

  /// @param markup empty where marks are text
  public AnnotatedSegmenter(Optional<MarkupParser> markup, Segmenter segmenter) {
    this(markup, segmenter, Lexicon.EMPTY);
  }

  /// @param markup empty where marks are text
  /// @param lexicon what the segments are going to be marked with; a segment is parted where much
  ///   is put in place of its words
  public AnnotatedSegmenter(Optional<MarkupParser> markup, Segmenter segmenter, Lexicon lexicon) {
    this(markup, segmenter, lexicon, PauseSettings.NONE);
  }

  /// @param pauses that are added between segments
  public AnnotatedSegmenter(
      Optional<MarkupParser> markup, Segmenter segmenter, Lexicon lexicon, PauseSettings pauses) {
    this.pauses = new SegmentPauses(pauses);
    this.markup = markup;
    this.segmenter = segmenter;
    this.lexicon = new LexiconAnnotator(lexicon);
  }

  /// Takes the next piece of text, joined verbatim to what came before.
  ///
  /// @return what is certain now, in order
  /// @throws WorkerException `TEXT_TOO_LONG` when more is put in place of words than is allowed in
  ///   a call, `INVALID_FIELD` when its pauses are too long
  public List<MarkupEvent> accept(String piece) {
    budget.write(piece);
    markup
        .map(reader -> reader.accept(piece))
        .orElseGet(() -> plain(piece, false))
        .forEach(this::take);
    // What is held back goes on with the words before it, so they do not end with the piece.
    pass(!markup.map(MarkupParser::holdsText).orElse(!halfCharacter.isEmpty()));
    return taken();
  }

  /// Whether text is held back that waits for its end: a sentence's, or a mark's.
  public boolean holdsText() {
    return segmenter.holdsText() || markup.map(MarkupParser::holdsText).orElse(false);
  }

  /// Ends the text, or the sentence that is there; the text may go on after that.
  ///
  /// @return what was left, in order
  /// @throws WorkerException as [#accept] does
  public List<MarkupEvent> finish() {
    markup.map(MarkupParser::finish).orElseGet(() -> plain("", true)).forEach(this::take);
    endSentence();
    return taken();
  }

  private List<MarkupPart> plain(String piece, boolean last) {
    String text = halfCharacter + piece;
    int end = text.length();
    if (!last && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    halfCharacter = text.substring(end);
    long start = written;
    written += text.codePointCount(0, end);
    return end == 0
        ? List.of()
        : List.of(new Words(text.substring(0, end), start, written, Optional.empty()));
  }

  private List<MarkupEvent> taken() {
    List<MarkupEvent> taken = List.copyOf(pieces);
    pieces.clear();
    return taken;
  }

  private void take(MarkupPart part) {
    switch (part) {
      case Words more -> add(more);
      case Pause pause -> {
        endSentence();
        if (pause.length().isPositive()) {
          budget.pause(pause.length());
          pieces.add(pause);
        }
      }
      case Manner manner -> {
        endSentence();
        pieces.add(manner);
      }
    }
  }

  private void add(Words more) {
    long end = length + more.length();
    Run next = new Run(length, end, more.start(), more.end(), more.saying());
    lines.add(more.text(), length);
    length = end;
    words.append(more.text());
    Optional<Run> last = Optional.ofNullable(runs.peekLast());
    if (last.isPresent() && last.get().goesOnWith(next)) {
      runs.removeLast();
      next = new Run(last.get().start(), end, last.get().sourceStart(), more.end(), more.saying());
    }
    runs.addLast(next);
  }

  /// Hands the words on. Those between two marks that end no sentence are one piece of text.
  private void pass(boolean pieceEnds) {
    if (!words.isEmpty() || (pieceEnds && pieceOpen)) {
      segmenter.accept(words.toString(), pieceEnds).forEach(this::add);
      words.setLength(0);
      pieceOpen = !pieceEnds;
    }
    forget(segmenter.heldFrom());
  }

  private void endSentence() {
    pass(true);
    segmenter.finish().forEach(this::add);
  }

  private void forget(long before) {
    while (!runs.isEmpty() && runs.getFirst().end() <= before) {
      runs.removeFirst();
    }
  }

  private void add(Segment segment) {
    forget(segment.start());
    int lineEnds = lines.between(said, segment.start());
    Duration pause =
        last.map(before -> pauses.between(before, segment, lineEnds)).orElse(Duration.ZERO);
    if (pause.isPositive()) {
      pieces.add(new Pause(pause));
    }
    last = Optional.of(segment);
    AnnotatedText wording = lexicon.spans(marked(segment).wording());
    budget.put(wording);
    for (Segment part : SpokenParts.of(segment, wording)) {
      pieces.add(marked(part));
      said = part.end();
    }
  }

  private AnnotatedSegment marked(Segment segment) {
    List<Run> own = new ArrayList<>();
    for (Run run : runs) {
      if (run.start() >= segment.end()) {
        break;
      }
      if (run.end() > segment.start()) {
        own.add(run);
      }
    }
    return new AnnotatedSegment(segment, own, said);
  }
}
