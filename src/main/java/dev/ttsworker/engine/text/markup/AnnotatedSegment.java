package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter.Run;
import java.util.ArrayList;
import java.util.List;

/// A segment of a text: how it is said, and where each character was written. Immutable.
public final class AnnotatedSegment implements MarkupEvent {
  private static final PronunciationOverride NOTHING = new PronunciationOverride.Alias("");

  private final Segment segment;
  private final List<Run> runs;
  private final long said;

  /// @param runs all that the segment has a part in, in order, without gaps
  /// @param said code points of the text without marks that earlier segments have said
  AnnotatedSegment(Segment segment, List<Run> runs, long said) {
    this.segment = segment;
    this.runs = List.copyOf(runs);
    this.said = said;
  }

  /// The text without marks and how it is said.
  public AnnotatedText wording() {
    String text = segment.text();
    List<Span> spans = new ArrayList<>();
    int index = 0;
    long place = segment.start();
    for (Run run : runs) {
      if (run.saying().isEmpty()) {
        continue;
      }
      PronunciationOverride saying = run.saying().get();
      int from = text.offsetByCodePoints(index, count(place, Math.max(run.start(), place)));
      place = Math.max(run.start(), place);
      long end = Math.min(run.end(), segment.end());
      index = text.offsetByCodePoints(from, count(place, end));
      place = end;
      // Said once, however many segments its text is parted into.
      boolean again = run.start() < said && saying != PronunciationOverride.Way.EMPHASISED;
      spans.add(new Span(from, index, again ? NOTHING : saying));
    }
    return new AnnotatedText(text, spans);
  }

  /// Code points of the text without marks before it.
  public long start() {
    return segment.start();
  }

  /// Code points of the text without marks up to its end.
  public long end() {
    return segment.end();
  }

  private static int count(long from, long to) {
    return Math.toIntExact(to - from);
  }

  /// Where a character was written: offset in code points in the call's whole text.
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

  /// Where what ends at a place was written to its end.
  ///
  /// @param place code points of the segment up to its end
  public long sourceEnd(int place) {
    long at = segment.start() + place;
    Run run = runs.get(runAt(at - 1));
    return run.isLiteral() ? run.sourceStart() + at - run.start() : run.sourceEnd();
  }

  /// Index of the last run that does not begin behind a place; of the first when all do.
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
