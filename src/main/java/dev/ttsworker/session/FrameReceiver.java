package dev.ttsworker.session;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.Optional;

/// Receiver of one call's frames: the caller's side. The call uses it under its own lock, so it
/// need not be thread-safe; no method may block.
public interface FrameReceiver {
  /// Whether more frames can leave without being buffered here; [Call#onReceiverReady] must be
  /// called when this turns true.
  boolean isReady();

  /// Sends one frame.
  ///
  /// @param pcm 20 ms in the call's format, or none in the one final frame of a call without audio
  /// @param words whose times have become known; usually none
  /// @param sequence 1..n
  /// @param end how the call ends with this frame; empty when more follow
  void send(byte[] pcm, List<WordTiming> words, long sequence, Optional<Ending> end);

  /// Completes the call after its final frame.
  void complete();

  /// Ends the call with a failure; nothing follows.
  void fail(WorkerException failure);
}
