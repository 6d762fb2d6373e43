package dev.ttsworker.voice.piper;

import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.voice.Pace;
import dev.ttsworker.voice.RenderingStage;

/// The sound of one sentence, step by step. Not thread-safe.
interface SentenceSound {
  boolean isFinished();

  /// As [dev.ttsworker.voice.Rendering#latestStage].
  RenderingStage latestStage();

  /// Samples of the sentence before each of its phoneme numbers, and one more for its end. To be
  /// asked once there are samples.
  int[] borders();

  /// Whether [#borders] are the voice's own, rather than an estimate.
  boolean hasExactBorders();

  /// As [dev.ttsworker.voice.Rendering#step].
  float[] step(Pace pace, CancelSignal cancel);
}
