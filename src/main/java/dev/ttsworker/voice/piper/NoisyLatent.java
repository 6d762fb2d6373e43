package dev.ttsworker.voice.piper;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.ColumnsTensor;
import dev.ttsworker.voice.piper.StagedGraphs.TextResult;
import java.util.random.RandomGenerator;

/// The flow's input of one sentence: each phoneme's mean and noise, repeated for as long as the
/// phoneme lasts. Drawn frame after frame from the front, so that the numbers do not depend on how
/// windows are cut. Not thread-safe.
final class NoisyLatent {
  /// About twelve minutes: more can only be a broken voice.
  private static final int MOST_FRAMES = 1 << 16;

  private final RandomGenerator noise;
  private final float[] mean;
  private final float[] deviation;
  private final int phonemes;
  private final int[] phonemeOfFrame;
  private final Columns columns;

  NoisyLatent(TextResult text, float noiseScale, RandomGenerator noise) {
    this.noise = noise;
    this.phonemes = text.durations().length;
    this.columns = new Columns(text.mean().length / phonemes);
    this.phonemeOfFrame = spread(Samples.finite("duration", text.durations()));
    this.mean = Samples.finite("mean", text.mean());
    this.deviation = deviation(text.logScale(), noiseScale);
  }

  private static int[] spread(float[] durations) {
    double total = 0;
    for (float duration : durations) {
      total += Math.max(0, Math.rint(duration));
    }
    if (total > MOST_FRAMES) {
      throw new WorkerException(
          ErrorCode.INFERENCE_FAILED,
          "The voice wants %.0f frames for one sentence, at most %d are allowed"
              .formatted(total, MOST_FRAMES));
    }
    int[] phonemeOfFrame = new int[(int) total];
    int frame = 0;
    for (int phoneme = 0; phoneme < durations.length; phoneme++) {
      for (int i = 0; i < (int) Math.rint(durations[phoneme]); i++) {
        phonemeOfFrame[frame++] = phoneme;
      }
    }
    return phonemeOfFrame;
  }

  private static float[] deviation(float[] logScale, float noiseScale) {
    float[] deviation = new float[logScale.length];
    for (int i = 0; i < logScale.length; i++) {
      deviation[i] = noiseScale == 0 ? 0 : (float) Math.exp(logScale[i]) * noiseScale;
    }
    return deviation;
  }

  /// Frames of the whole sentence.
  int frames() {
    return phonemeOfFrame.length;
  }

  /// Frames of the sentence before each phoneme, and one more for its end.
  int[] borders() {
    int[] borders = new int[phonemes + 1];
    for (int phoneme : phonemeOfFrame) {
      borders[phoneme + 1]++;
    }
    for (int i = 0; i < phonemes; i++) {
      borders[i + 1] += borders[i];
    }
    return borders;
  }

  int channels() {
    return columns.rows();
  }

  /// The frames `from`..`to`; those before `from` are not asked for again.
  ColumnsTensor tensor(int from, int to) {
    columns.forgetBefore(from);
    draw(to);
    return columns.tensor(from, to);
  }

  private void draw(int end) {
    int frame = columns.end();
    columns.grow(Math.max(0, end - frame));
    for (; frame < end; frame++) {
      int phoneme = phonemeOfFrame[frame];
      for (int channel = 0; channel < columns.rows(); channel++) {
        int source = channel * phonemes + phoneme;
        columns.set(
            channel, frame, mean[source] + (float) noise.nextGaussian() * deviation[source]);
      }
    }
  }
}
