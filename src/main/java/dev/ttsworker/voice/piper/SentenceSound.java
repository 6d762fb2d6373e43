package dev.ttsworker.voice.piper;

import dev.ttsworker.inference.CancelSignal;

/// The sound of one sentence, step by step. Not thread-safe.
interface SentenceSound {
  boolean isFinished();

  /// As [dev.ttsworker.voice.Rendering#step].
  float[] step(int windowFrames, CancelSignal cancel);
}
