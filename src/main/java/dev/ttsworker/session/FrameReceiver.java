package dev.ttsworker.session;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.Optional;

/// The caller's end of one call. The call makes every use of it under its own lock, so it need not
/// be thread-safe; no method may block.
public interface FrameReceiver {
  /// Whether more frames can leave without piling up here; [Call#receiverReady] tells when that
  /// turns true.
  boolean isReady();

  /// Sends one frame.
  ///
  /// @param pcm 1920 bytes, or none in the one final frame of a call without audio
  /// @param words those whose times have become known; mostly none
  /// @param sequence 1..n
  /// @param end how the call ends with this frame; empty when more follow
  void send(byte[] pcm, List<WordTiming> words, long sequence, Optional<CallEnd> end);

  /// Ends the call well, after its final frame.
  void complete();

  /// Ends the call with a failure; nothing follows.
  void fail(WorkerException failure);
}
