package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.voice.RenderingStage;

/// Told what synthesis does and how long that takes. Called on the threads that speak and compute,
/// so every method must be cheap.
public interface SpeechCounts {
  /// Frames of 20 ms were computed.
  void framesMade(long frames);

  /// A job waited for an inference thread.
  void queued(long nanos);

  /// A voice did one step.
  void rendered(RenderingStage stage, long nanos);

  /// Samples became frames.
  void processed(long nanos);

  /// A call has its first sound, and it is brought to the loudness target.
  void normalized();
}
