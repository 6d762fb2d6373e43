package dev.ttsworker.engine.voice.sentence;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;

/// Check of samples that a graph gives.
public final class Samples {
  private Samples() {}

  /// Requires numbers that are finite.
  ///
  /// @return `samples`
  /// @throws WorkerException `INFERENCE_FAILED` when one is no finite number
  public static float[] finite(String what, float[] samples) {
    float sum = 0;
    for (float sample : samples) {
      // Zero, unless the sample is infinite or no number.
      sum += sample * 0f;
    }
    if (sum != 0f) {
      throw new WorkerException(
          ErrorCode.INFERENCE_FAILED, "The voice gave a " + what + " that is no finite number");
    }
    return samples;
  }
}
