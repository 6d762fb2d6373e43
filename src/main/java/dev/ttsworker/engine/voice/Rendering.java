package dev.ttsworker.engine.voice;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.WordTiming;
import java.util.List;

/// Rendering: one segment on its way to audio. Not thread-safe: one step at a time, on any thread.
/// The samples of all steps joined are the segment, whatever window sizes were asked for.
public interface Rendering {
  /// More decoder frames than this in one window gain nothing and delay other calls.
  int LARGEST_WINDOW_FRAMES = 128;

  /// One that makes no sound.
  Rendering NOTHING =
      new Rendering() {
        @Override
        public boolean isFinished() {
          return true;
        }

        @Override
        public float[] step(Pace pace, CancellationToken cancel) {
          return new float[0];
        }
      };

  boolean isFinished();

  /// What the latest step did, also when it failed. A voice that computes everything at once need
  /// not say.
  default SynthesisStage latestStage() {
    return SynthesisStage.VOCODER;
  }

  /// The timings that have become known since this was last called, in samples of this rendering at
  /// the voice's rate. They come in the order of the words that were asked for, each once, and are
  /// known with the samples in which the word begins, or before.
  default List<WordTiming> takeWords() {
    return List.of();
  }

  /// Does one stage's worth of work and returns the samples it made: mono, at the voice's sample
  /// rate, full scale ±1. Empty after a stage that makes no sound itself, such as the text stage.
  ///
  /// @param pace how much to do at once
  /// @param cancel ends a running inference early
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED` once cancelled,
  ///   `INFERENCE_FAILED` when the runtime fails
  float[] step(Pace pace, CancellationToken cancel);
}
