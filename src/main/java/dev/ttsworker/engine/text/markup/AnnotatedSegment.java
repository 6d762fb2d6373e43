package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter.Run;
import java.util.ArrayList;
import java.util.List;

/// Annotated segment: a segment without its markup, its pronunciation overrides, and the source
/// offset of each character. Immutable.
public final class AnnotatedSegment implements MarkupEvent {
  private static final PronunciationOverride NOTHING = new PronunciationOverride.Alias("");

  private final Segment segment;
  private final List<Run> runs;
  private final long spokenEnd;

  /// @param runs all runs that overlap the segment, in order, without gaps
  /// @param spokenEnd code points of the text without markup that earlier segments cover
  AnnotatedSegment(Segment segment, List<Run> runs, long spokenEnd) {
    this.segment = segment;
    this.runs = List.copyOf(runs);
    this.spokenEnd = spokenEnd;
  }

  /// The text without markup, with its overrides.
  public AnnotatedText annotatedText() {
    String text = segment.text();
    List<Span> spans = new ArrayList<>();
    int index = 0;
    long place = segment.start();
    for (Run run : runs) {
      if (run.override().isEmpty()) {
        continue;
      }
      PronunciationOverride override = run.override().get();
      int from = text.offsetByCodePoints(index, count(place, Math.max(run.start(), place)));
      place = Math.max(run.start(), place);
      long end = Math.min(run.end(), segment.end());
      index = text.offsetByCodePoints(from, count(place, end));
      place = end;
      // Spoken once, however many segments its text is split into.
      boolean again =
          run.start() < spokenEnd && override != PronunciationOverride.InterpretAs.EMPHASISED;
      spans.add(new Span(from, index, again ? NOTHING : override));
    }
    return new AnnotatedText(text, spans);
  }

  /// Code points of the text without markup before it.
  public long start() {
    return segment.start();
  }

  /// Code points of the text without markup up to its end.
  public long end() {
    return segment.end();
  }

  private static int count(long from, long to) {
    return Math.toIntExact(to - from);
  }

  /// Source offset of a character, in code points of the call's whole text.
  ///
  /// @param place code points of the segment before it
  public long sourceStart(int place) {
    long at = segment.start() + place;
    Run run = runs.get(runAt(at));
    if (at >= run.end()) {
      return run.sourceEnd();
    }
    return run.sourceStart() + (run.isLiteral() ? at - run.start() : 0);
  }

  /// Source offset just past the character that ends at an index.
  ///
  /// @param place code points of the segment up to its end
  public long sourceEnd(int place) {
    long at = segment.start() + place;
    Run run = runs.get(runAt(at - 1));
    return run.isLiteral() ? run.sourceStart() + at - run.start() : run.sourceEnd();
  }

  /// Index of the last run that does not begin after an index; of the first when all do.
  private int runAt(long at) {
    int low = 0;
    int high = runs.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (runs.get(middle).start() <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
