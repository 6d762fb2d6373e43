package dev.ttsworker.voice.piper;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.Tensor;
import dev.ttsworker.voice.piper.StagedGraphs.TextResult;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The decoder's input of one sentence, computed from the front as far as it is asked for and kept.
/// Arrays are C channels by F frames, row-major. Not thread-safe.
final class LatentFrames {
  /// Frames on each side that a frame of the flow depends on.
  static final int FLOW_CONTEXT = 32;

  /// Computed beyond the first window's need: a little, since the listener waits.
  private static final int FIRST_LEAD = 20;

  /// Computed at a time later on, so that the context weighs little.
  private static final int LATER_CHUNK = 128;

  /// About twelve minutes: more can only be a broken voice.
  private static final int MOST_FRAMES = 1 << 16;

  private final StagedGraphs graphs;
  private final Map<String, Tensor> conditions;
  private final RandomGenerator noise;
  private final float[] mean;
  private final float[] deviation;
  private final int channels;
  private final int phonemes;
  private final int[] phonemeOfFrame;
  private final float[] noisy;
  private final float[] latent;
  private int noisyFrames;
  private int latentFrames;

  LatentFrames(StagedGraphs graphs, TextResult text, float noiseScale, RandomGenerator noise) {
    this.graphs = graphs;
    this.conditions = text.conditions();
    this.noise = noise;
    this.phonemes = text.durations().length;
    this.channels = text.mean().length / phonemes;
    this.phonemeOfFrame = spread(Samples.finite("duration", text.durations()));
    this.mean = Samples.finite("mean", text.mean());
    this.deviation = deviation(text.logScale(), noiseScale);
    this.noisy = new float[channels * phonemeOfFrame.length];
    this.latent = new float[channels * phonemeOfFrame.length];
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

  int frames() {
    return phonemeOfFrame.length;
  }

  Map<String, Tensor> conditions() {
    return conditions;
  }

  /// A copy of the frames `from`..`to`, after computing what is missing.
  float[] window(int from, int to, CancelSignal cancel) {
    if (latentFrames < to) {
      int wanted = latentFrames == 0 ? to + FIRST_LEAD : Math.max(to, latentFrames + LATER_CHUNK);
      extend(Math.min(frames(), wanted), cancel);
    }
    return columns(latent, from, to);
  }

  private void extend(int end, CancelSignal cancel) {
    int from = Math.max(0, latentFrames - FLOW_CONTEXT);
    int to = Math.min(frames(), end + FLOW_CONTEXT);
    drawNoise(to);
    float[] made = graphs.runFlow(columns(noisy, from, to), to - from, conditions, cancel);
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(
          made,
          channel * (to - from) + latentFrames - from,
          latent,
          channel * frames() + latentFrames,
          end - latentFrames);
    }
    latentFrames = end;
  }

  /// Frame after frame, so that the numbers do not depend on how windows are cut.
  private void drawNoise(int end) {
    for (; noisyFrames < end; noisyFrames++) {
      int phoneme = phonemeOfFrame[noisyFrames];
      for (int channel = 0; channel < channels; channel++) {
        int source = channel * phonemes + phoneme;
        noisy[channel * frames() + noisyFrames] =
            mean[source] + (float) noise.nextGaussian() * deviation[source];
      }
    }
  }

  private float[] columns(float[] all, int from, int to) {
    float[] part = new float[channels * (to - from)];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(all, channel * frames() + from, part, channel * (to - from), to - from);
    }
    return part;
  }
}
