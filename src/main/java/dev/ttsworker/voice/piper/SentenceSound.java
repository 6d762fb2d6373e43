package dev.ttsworker.voice.piper;

import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.voice.Pace;
import dev.ttsworker.voice.RenderingStage;

/// The sound of one sentence, step by step. Not thread-safe.
interface SentenceSound {
  boolean isFinished();

  /// As [dev.ttsworker.voice.Rendering#latestStage].
  RenderingStage latestStage();

  /// As [dev.ttsworker.voice.Rendering#step].
  float[] step(Pace pace, CancelSignal cancel);
}
