package dev.ttsworker.engine.text;

import java.util.ArrayList;
import java.util.List;

/// Runs a segmenter over pieces.
final class Segmenting {
  private Segmenting() {}

  static List<Segment> all(List<String> pieces) {
    SentenceSegmenter segmenter = new SentenceSegmenter();
    List<Segment> segments = new ArrayList<>();
    for (String piece : pieces) {
      segments.addAll(segmenter.appendText(piece));
    }
    segments.addAll(segmenter.finish());
    return segments;
  }

  static boolean isBounded(Segment segment) {
    return segment.text().codePointCount(0, segment.text().length())
        <= LongSentence.MAX_CODE_POINTS;
  }
}
