package dev.ttsworker.text;

import java.util.List;

/// Splits the streamed text of one call into segments. Not thread-safe.
public interface Segmenter {
  /// Takes the next piece of the text, joined verbatim to what came before.
  ///
  /// @return the segments that are complete now, in order
  List<Segment> accept(String piece);

  /// Ends the text.
  ///
  /// @return what was left, in order
  List<Segment> finish();
}
