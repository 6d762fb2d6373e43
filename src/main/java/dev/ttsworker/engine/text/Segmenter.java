package dev.ttsworker.engine.text;

import java.util.List;

/// Splits the streamed text of one call into segments. Not thread-safe.
public interface Segmenter {
  /// Takes the next piece of the text, joined verbatim to what came before.
  ///
  /// @return the segments that are complete now, in order
  default List<Segment> accept(String piece) {
    return accept(piece, true);
  }

  /// Takes text, joined verbatim to what came before.
  ///
  /// @param pieceEnds whether a piece ends with it; else more of the same piece comes, or its end
  ///   with an empty text
  /// @return the segments that are complete now, in order
  List<Segment> accept(String text, boolean pieceEnds);

  /// How many code points of the whole text come before what is held back: no later segment begins
  /// before that.
  long heldFrom();

  /// Whether it holds back what waits for its end and has more in it than blanks and punctuation.
  boolean holdsText();

  /// Ends the text, or the sentence that is there; the text may go on after that.
  ///
  /// @return what was left, in order
  List<Segment> finish();
}
