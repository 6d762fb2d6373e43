package dev.ttsworker.text;

import java.util.List;

/// Splits the streamed text of one call into segments. Not thread-safe.
public interface Segmenter {
  /// Takes the next piece of the text, joined verbatim to what came before.
  ///
  /// @return the segments that are complete now, in order
  List<Segment> accept(String piece);

  /// Whether it holds back what waits for its end and has more in it than blanks and punctuation.
  boolean holdsText();

  /// Ends the text, or the sentence that is there; the text may go on after that.
  ///
  /// @return what was left, in order
  List<Segment> finish();
}
