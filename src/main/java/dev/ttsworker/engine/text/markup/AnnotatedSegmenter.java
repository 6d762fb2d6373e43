package dev.ttsworker.engine.text.markup;

import dev.ttsworker.config.PauseSettings;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.Segmenter;
import dev.ttsworker.engine.text.Speakable;
import dev.ttsworker.engine.text.markup.MarkupPart.Pause;
import dev.ttsworker.engine.text.markup.MarkupPart.Prosody;
import dev.ttsworker.engine.text.markup.MarkupPart.Words;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Segmenter of text with markup: strips the markup from the streamed text of one call and splits
/// the rest into segments. Pauses and changes of prosody end a segment. Not thread-safe.
public final class AnnotatedSegmenter {
  private final Optional<MarkupParser> markup;
  private final Segmenter segmenter;
  private final LexiconAnnotator lexicon;
  private final CallBudget budget = new CallBudget();
  private final Deque<Run> runs = new ArrayDeque<>();
  private final List<MarkupEvent> events = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();
  private String halfCharacter = "";
  private long written;
  private long length;
  private long spokenEnd;
  private final SegmentPauses pauses;
  private final SegmentPauses.LineEnds lines = new SegmentPauses.LineEnds();

  /// The last segment that may be heard.
  private Optional<Segment> last = Optional.empty();

  private boolean chunkOpen;

  /// Text with one override and one source span.
  ///
  /// @param start code points of the text without markup before it
  /// @param end code points of the text without markup up to its end
  /// @param sourceStart offset of its source
  /// @param sourceEnd offset just past its source
  record Run(
      long start,
      long end,
      long sourceStart,
      long sourceEnd,
      Optional<PronunciationOverride> override) {
    /// Whether each character stands where it was written.
    boolean isLiteral() {
      return sourceEnd - sourceStart == end - start;
    }

    /// Whether the next run only continues this one.
    private boolean continuesWith(Run next) {
      boolean same = override.equals(next.override) && isLiteral() && next.isLiteral();
      boolean parts =
          override.isEmpty() || override.get() == PronunciationOverride.InterpretAs.EMPHASISED;
      return same && parts && sourceEnd == next.sourceStart;
    }
  }

  /// @param markup empty where markup is text
  public AnnotatedSegmenter(Optional<MarkupParser> markup, Segmenter segmenter) {
    this(markup, segmenter, Lexicon.EMPTY);
  }

  /// @param markup empty where markup is text
  /// @param lexicon the lexicon that the segments will be annotated with; a segment is split where
  ///   replacements make it long
  public AnnotatedSegmenter(Optional<MarkupParser> markup, Segmenter segmenter, Lexicon lexicon) {
    this(markup, segmenter, lexicon, PauseSettings.NONE);
  }

  /// @param pauses added between segments
  public AnnotatedSegmenter(
      Optional<MarkupParser> markup, Segmenter segmenter, Lexicon lexicon, PauseSettings pauses) {
    this.pauses = new SegmentPauses(pauses);
    this.markup = markup;
    this.segmenter = segmenter;
    this.lexicon = new LexiconAnnotator(lexicon);
  }

  /// Appends a text chunk, joined verbatim to the text before it.
  ///
  /// @return the events that are certain now, in order
  /// @throws WorkerException `TEXT_TOO_LONG` when replacements exceed the limit of a call,
  ///   `INVALID_FIELD` when its pauses do
  public List<MarkupEvent> appendText(String chunk) {
    budget.countText(chunk);
    markup
        .map(reader -> reader.appendText(chunk))
        .orElseGet(() -> plain(chunk, false))
        .forEach(this::handle);
    // Buffered text continues the words before it, so they do not end with the chunk.
    segmentText(!markup.map(MarkupParser::holdsText).orElse(!halfCharacter.isEmpty()));
    return drain();
  }

  /// Whether an incomplete sentence or tag is buffered.
  public boolean holdsText() {
    return segmenter.holdsText() || markup.map(MarkupParser::holdsText).orElse(false);
  }

  /// Ends the text, or the current sentence; the text may continue after that.
  ///
  /// @return the remaining events, in order
  /// @throws WorkerException as [#appendText] does
  public List<MarkupEvent> finish() {
    markup.map(MarkupParser::finish).orElseGet(() -> plain("", true)).forEach(this::handle);
    endSentence();
    return drain();
  }

  private List<MarkupPart> plain(String chunk, boolean last) {
    String text = halfCharacter + chunk;
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

  private List<MarkupEvent> drain() {
    List<MarkupEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  private void handle(MarkupPart part) {
    switch (part) {
      case Words more -> add(more);
      case Pause pause -> {
        endSentence();
        if (pause.length().isPositive()) {
          budget.countPause(pause.length());
          events.add(pause);
        }
      }
      case Prosody prosody -> {
        endSentence();
        events.add(prosody);
      }
    }
  }

  private void add(Words more) {
    long end = length + more.length();
    Run next = new Run(length, end, more.start(), more.end(), more.override());
    lines.add(more.text(), length);
    length = end;
    words.append(more.text());
    Optional<Run> last = Optional.ofNullable(runs.peekLast());
    if (last.isPresent() && last.get().continuesWith(next)) {
      runs.removeLast();
      next =
          new Run(last.get().start(), end, last.get().sourceStart(), more.end(), more.override());
    }
    runs.addLast(next);
  }

  /// Passes the words to the segmenter. Words between two tags that end no sentence are one chunk.
  private void segmentText(boolean chunkEnds) {
    if (!words.isEmpty() || (chunkEnds && chunkOpen)) {
      segmenter.appendText(words.toString(), chunkEnds).forEach(this::add);
      words.setLength(0);
      chunkOpen = !chunkEnds;
    }
    dropRunsBefore(segmenter.heldFrom());
  }

  private void endSentence() {
    segmentText(true);
    segmenter.finish().forEach(this::add);
  }

  private void dropRunsBefore(long before) {
    while (!runs.isEmpty() && runs.getFirst().end() <= before) {
      runs.removeFirst();
    }
  }

  private void add(Segment segment) {
    dropRunsBefore(segment.start());
    if (maySound(segment)) {
      addPause(segment);
      last = Optional.of(segment);
    }
    AnnotatedText annotated = lexicon.spans(annotate(segment).annotatedText());
    budget.countReplacements(annotated);
    for (Segment part : ReplacementSplitter.split(segment, annotated)) {
      events.add(annotate(part));
      spokenEnd = part.end();
    }
  }

  private boolean maySound(Segment segment) {
    return Speakable.maySound(segment.text())
        || runs.stream().anyMatch(run -> run.start() < segment.end() && run.override().isPresent());
  }

  /// From what was last heard, so that marks alone, such as a ruler, add none.
  private void addPause(Segment segment) {
    if (last.isEmpty()) {
      return;
    }
    Segment before = last.get();
    Duration pause = pauses.between(before, segment, lines.between(before.end(), segment.start()));
    if (pause.isPositive()) {
      events.add(new Pause(pause));
    }
  }

  private AnnotatedSegment annotate(Segment segment) {
    List<Run> own = new ArrayList<>();
    for (Run run : runs) {
      if (run.start() >= segment.end()) {
        break;
      }
      if (run.end() > segment.start()) {
        own.add(run);
      }
    }
    return new AnnotatedSegment(segment, own, spokenEnd);
  }
}
