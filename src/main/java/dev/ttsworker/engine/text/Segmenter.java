package dev.ttsworker.engine.text;

import java.util.List;

/// Segmenter: splits the streamed text of one call into segments. Not thread-safe.
public interface Segmenter {
  /// Appends a text chunk, joined verbatim to the text before it.
  ///
  /// @return the segments that are complete now, in order
  default List<Segment> appendText(String chunk) {
    return appendText(chunk, true);
  }

  /// Appends text, joined verbatim to the text before it.
  ///
  /// @param chunkEnds whether a chunk ends with it; otherwise more of the same chunk follows, or
  ///   its end with an empty text
  /// @return the segments that are complete now, in order
  List<Segment> appendText(String text, boolean chunkEnds);

  /// Code points of the whole text before the buffered text: no later segment begins before that.
  long heldFrom();

  /// Whether an incomplete segment with more than blanks and punctuation is buffered.
  boolean holdsText();

  /// Ends the text, or the current sentence; the text may continue after that.
  ///
  /// @return the remaining segments, in order
  List<Segment> finish();
}
