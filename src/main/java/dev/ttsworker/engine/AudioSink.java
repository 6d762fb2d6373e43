package dev.ttsworker.engine;

import java.util.List;
import java.util.OptionalLong;

/// Audio sink: takes the frames of one call.
public interface AudioSink {
  /// Waits until more audio may be computed: as long as enough audio is buffered.
  ///
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED` when the call ended meanwhile
  void awaitRoom();

  /// Takes the next frames, waiting while the call is paused or its reader is slow.
  ///
  /// @param frames of 20 ms in the request's format; not touched again
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED` when the call ended meanwhile
  void writeFrames(List<byte[]> frames);

  /// Takes the timings of words whose audio begins in the next frame that it takes, or later, in
  /// the order of the text. Not touched again.
  default void announceWords(List<WordTiming> words) {}

  /// The play-out deadline: when the buffered audio ends, on the clock of the scheduler's jobs;
  /// before the first frame, when the listener should hear something.
  long deadlineNanos();

  /// Buffered audio (lead): sent and not yet played; 0 before the first frame, negative when it
  /// waits, empty when nobody listens in real time.
  OptionalLong leadNanos();
}
