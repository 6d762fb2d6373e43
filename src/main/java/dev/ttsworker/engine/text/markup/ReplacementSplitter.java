package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import dev.ttsworker.engine.text.Segment;
import java.util.ArrayList;
import java.util.List;

/// Splits a segment whose replacement text is long, so that no part becomes long after text
/// normalization.
final class ReplacementSplitter {
  /// Replacement chars in one part.
  static final int MOST_CHARS = 2_000;

  private ReplacementSplitter() {}

  /// The parts of a segment, in order; usually one.
  ///
  /// @param annotated the segment's text with all spans that it will have
  static List<Segment> split(Segment segment, AnnotatedText annotated) {
    List<Integer> cuts = cuts(annotated);
    if (cuts.isEmpty()) {
      return List.of(segment);
    }
    cuts.add(annotated.text().length());
    List<Segment> parts = new ArrayList<>();
    long start = segment.start();
    int at = 0;
    for (int end : cuts) {
      String part = annotated.text().substring(at, end);
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

  /// Split indices: between two spans, after the last blank between them.
  private static List<Integer> cuts(AnnotatedText annotated) {
    List<Integer> cuts = new ArrayList<>();
    int put = 0;
    int last = 0;
    for (Span span : annotated.spans()) {
      int length = span.override().replacementLength();
      if (put + length > MOST_CHARS && last > 0) {
        cuts.add(afterBlank(annotated.text(), last, span.start()));
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
