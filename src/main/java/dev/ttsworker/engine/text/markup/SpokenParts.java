package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import dev.ttsworker.engine.text.Segment;
import java.util.ArrayList;
import java.util.List;

/// Parts a segment for which much is put in place of its words, so that no part becomes long when
/// it is written out.
final class SpokenParts {
  /// Chars that are put in place of words, in one part.
  static final int MOST_CHARS = 2_000;

  private SpokenParts() {}

  /// The parts of a segment, in order; as a rule it is one.
  ///
  /// @param wording the segment's, with all spans that it is going to have
  static List<Segment> of(Segment segment, AnnotatedText wording) {
    List<Integer> cuts = cuts(wording);
    if (cuts.isEmpty()) {
      return List.of(segment);
    }
    cuts.add(wording.text().length());
    List<Segment> parts = new ArrayList<>();
    long start = segment.start();
    int at = 0;
    for (int end : cuts) {
      String part = wording.text().substring(at, end);
      String text = part.strip();
      long from = start + points(part) - points(part.stripLeading());
      if (!text.isEmpty()) {
        parts.add(new Segment(text, from, from + points(text)));
      }
      start += points(part);
      at = end;
    }
    return parts;
  }

  private static int points(String text) {
    return text.codePointCount(0, text.length());
  }

  /// Where to cut: between two spans, behind the last blank there is.
  private static List<Integer> cuts(AnnotatedText wording) {
    List<Integer> cuts = new ArrayList<>();
    int put = 0;
    int last = 0;
    for (Span span : wording.spans()) {
      int length = span.saying().put();
      if (put + length > MOST_CHARS && last > 0) {
        cuts.add(afterBlank(wording.text(), last, span.start()));
        put = 0;
      }
      put += length;
      last = span.end();
    }
    return cuts;
  }

  private static int afterBlank(String text, int from, int to) {
    int at = to;
    while (at > from && !Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at > from ? at : to;
  }
}
