package dev.ttsworker.session;

import java.time.Duration;

/// Demand of an open call for inference threads.
public sealed interface Demand {
  /// It has ended, or was never admitted.
  Demand NONE = new Nothing();

  /// It has stalled on its caller: on text, on the reader, or on RESUME. It must be admitted again
  /// before it goes on.
  Demand STALLED = new Stalled();

  record Nothing() implements Demand {}

  record Stalled() implements Demand {}

  /// No frame was computed yet.
  ///
  /// @param characters of text received so far
  record FirstAudio(int characters) implements Demand {}

  /// Continuous speech, short waits included.
  ///
  /// @param lead buffered audio of its listener; negative during an underrun
  record Speech(Duration lead) implements Demand {}
}
