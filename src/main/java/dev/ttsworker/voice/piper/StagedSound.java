package dev.ttsworker.voice.piper;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.ColumnsTensor;
import dev.ttsworker.inference.Tensor;
import dev.ttsworker.inference.device.DeviceStage.Place;
import dev.ttsworker.onnx.CutNames.Contexts;
import dev.ttsworker.voice.Pace;
import dev.ttsworker.voice.Rendering;
import dev.ttsworker.voice.RenderingStage;
import dev.ttsworker.voice.piper.StagedGraphs.TextResult;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One sentence through the stages, one run of a graph per step: the text, then windows. Every
/// window is computed with the context that its stage looks at and only its middle is kept, so the
/// windows join exactly.
final class StagedSound implements SentenceSound {
  private static final float[] NOTHING = {};

  private final StagedGraphs graphs;
  private final SentenceOrder order;
  private final SplittableRandom noise;
  private @Nullable Spoken spoken;

  StagedSound(StagedGraphs graphs, SentenceOrder order) {
    this.graphs = graphs;
    this.order = order;
    this.noise = new SplittableRandom(order.seed());
  }

  @Override
  public boolean isFinished() {
    return spoken != null && spoken.isFinished();
  }

  @Override
  public RenderingStage latestStage() {
    return spoken == null ? RenderingStage.TEXT : spoken.stage;
  }

  @Override
  public float[] step(Pace pace, CancelSignal cancel) {
    if (spoken == null) {
      spoken = readText(pace, cancel);
      return NOTHING;
    }
    return spoken.step(pace, cancel);
  }

  @Override
  public int[] borders() {
    if (spoken == null) {
      throw new IllegalStateException("The text was not read");
    }
    return spoken.borders();
  }

  @Override
  public boolean hasExactBorders() {
    return true;
  }

  private Spoken readText(Pace pace, CancelSignal cancel) {
    float[] durationNoise = new float[2 * order.ids().length];
    for (int i = 0; i < durationNoise.length; i++) {
      durationNoise[i] = (float) noise.nextGaussian();
    }
    TextResult text = graphs.runText(order, durationNoise, pace, cancel);
    NoisyLatent noisy = new NoisyLatent(text, order.noiseScale(), noise);
    return new Spoken(
        graphs,
        new FeatureFrames(graphs, noisy, text.conditions()),
        text.conditions(),
        noisy.borders());
  }

  /// The windows of a sentence whose text was read.
  private static final class Spoken {
    private final StagedGraphs graphs;
    private final FeatureFrames features;
    private final Map<String, Tensor> conditions;
    private final int[] borderFrames;
    private int samplesPerFrame;
    private int done;
    private RenderingStage stage = RenderingStage.TEXT;

    Spoken(
        StagedGraphs graphs,
        FeatureFrames features,
        Map<String, Tensor> conditions,
        int[] borderFrames) {
      this.graphs = graphs;
      this.features = features;
      this.conditions = conditions;
      this.borderFrames = borderFrames;
    }

    int[] borders() {
      int[] borders = new int[borderFrames.length];
      for (int i = 0; i < borders.length; i++) {
        borders[i] = borderFrames[i] * samplesPerFrame;
      }
      return borders;
    }

    boolean isFinished() {
      return done == features.frames();
    }

    float[] step(Pace pace, CancelSignal cancel) {
      int windowFrames = Math.min(pace.windowFrames(), Rendering.LARGEST_WINDOW_FRAMES);
      Contexts contexts = graphs.contexts();
      int rate = contexts.featuresPerFrame();
      int end = Math.min(done + windowFrames, features.frames());
      int to = Math.min(features.frames() * rate, end * rate + contexts.tail());
      if (!features.reach(to)) {
        stage = features.extend(pace, cancel);
        return NOTHING;
      }
      stage = RenderingStage.VOCODER;
      int from = Math.max(0, done * rate - contexts.tail());
      ColumnsTensor window = features.tensor(from, to);
      int start = done * rate - from;
      int keep = (end - done) * rate;
      float[] samples =
          graphs
              .tail()
              .run(
                  window,
                  new Place(from == 0, to == features.frames() * rate),
                  conditions,
                  pace,
                  cancel,
                  made -> middle(made, to - from, start, keep));
      samplesPerFrame = samples.length / (end - done);
      done = end;
      return Samples.finite("sample", samples);
    }

    private static float[] middle(FloatBuffer made, int columns, int start, int keep) {
      if (made.remaining() % columns != 0) {
        throw new WorkerException(
            ErrorCode.INFERENCE_FAILED,
            "The decoder made " + made.remaining() + " samples of " + columns + " columns");
      }
      int perColumn = made.remaining() / columns;
      float[] kept = new float[keep * perColumn];
      made.get(start * perColumn, kept);
      return kept;
    }
  }
}
