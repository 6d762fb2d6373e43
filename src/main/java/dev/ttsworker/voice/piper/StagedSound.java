package dev.ttsworker.voice.piper;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.voice.Rendering;
import dev.ttsworker.voice.piper.StagedGraphs.TextResult;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One sentence through the stages: the text step, then windows. Every window is computed with the
/// context that its stage looks at and only its middle is kept, so the windows join exactly.
final class StagedSound implements SentenceSound {
  private static final float[] NOTHING = {};

  private final StagedGraphs graphs;
  private final SentenceOrder order;
  private final SplittableRandom noise;
  private @Nullable LatentFrames latent;
  private int spoken;

  StagedSound(StagedGraphs graphs, SentenceOrder order) {
    this.graphs = graphs;
    this.order = order;
    this.noise = new SplittableRandom(order.seed());
  }

  @Override
  public boolean isFinished() {
    return latent != null && spoken == latent.frames();
  }

  @Override
  public float[] step(int windowFrames, CancelSignal cancel) {
    if (latent == null) {
      latent = runText(cancel);
      return NOTHING;
    }
    int frames = Math.clamp(windowFrames, 1, Rendering.LARGEST_WINDOW_FRAMES);
    float[] samples = window(latent, Math.min(spoken + frames, latent.frames()), cancel);
    spoken = Math.min(spoken + frames, latent.frames());
    return samples;
  }

  private LatentFrames runText(CancelSignal cancel) {
    float[] durationNoise = new float[2 * order.ids().length];
    for (int i = 0; i < durationNoise.length; i++) {
      durationNoise[i] = (float) noise.nextGaussian();
    }
    TextResult text = graphs.runText(order, durationNoise, cancel);
    return new LatentFrames(graphs, text, order.noiseScale(), noise);
  }

  private float[] window(LatentFrames latent, int end, CancelSignal cancel) {
    int context = graphs.decoderContext();
    int from = Math.max(0, spoken - context);
    int to = Math.min(latent.frames(), end + context);
    float[] window = latent.window(from, to, cancel);
    float[] samples = graphs.runDecoder(window, to - from, latent.conditions(), cancel);
    if (samples.length == 0 || samples.length % (to - from) != 0) {
      throw new WorkerException(
          ErrorCode.INFERENCE_FAILED,
          "The decoder made " + samples.length + " samples of " + (to - from) + " frames");
    }
    int hop = samples.length / (to - from);
    float[] kept = Arrays.copyOfRange(samples, (spoken - from) * hop, (end - from) * hop);
    return Samples.finite("sample", kept);
  }
}
