package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.graph.PartitionInterface.Contexts;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.runtime.gpu.DeviceStage.Place;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.piper.StagedGraphs.TextResult;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One sentence through the stages, one run of a graph per step: the text, then windows. Every
/// window is computed with the context that its stage looks at and only its middle is kept, so the
/// windows join exactly. The text of a long sentence is read in several runs, each when the windows
/// need it; windows go over their borders as over any other place.
final class StagedSound implements SentenceSound {
  private static final float[] NOTHING = {};

  /// Runs of the text stage that may be read and not yet spoken, besides the one that is spoken:
  /// what they said is memory.
  private static final int MOST_RUNS_AHEAD = 4;

  private final StagedGraphs graphs;
  private final SentenceRequest order;
  private final SplittableRandom noise;
  private float[] durationNoise = {};
  private int runsRead;
  private SynthesisStage stage = SynthesisStage.TEXT;
  private @Nullable Spoken spoken;

  StagedSound(StagedGraphs graphs, SentenceRequest order) {
    this.graphs = graphs;
    this.order = order;
    this.noise = new SplittableRandom(order.seed());
  }

  @Override
  public boolean isFinished() {
    return spoken != null && spoken.isFinished();
  }

  @Override
  public SynthesisStage latestStage() {
    return stage;
  }

  @Override
  public float[] step(Pace pace, CancellationToken cancel) {
    if (spoken == null || spoken.lacksText(pace)) {
      readOn(pace, cancel);
      return NOTHING;
    }
    float[] made = spoken.step(pace, cancel);
    stage = spoken.stage;
    return made;
  }

  @Override
  public int knownIds() {
    return spoken == null ? 0 : spoken.noisy.borders().known();
  }

  @Override
  public long border(int id) {
    if (spoken == null) {
      throw new IllegalStateException("The text was not read");
    }
    return spoken.noisy.borders().at(id) * spoken.samplesPerFrame;
  }

  @Override
  public boolean hasExactBorders() {
    return true;
  }

  @Override
  public boolean canReadOn() {
    return spoken == null
        || (!spoken.noisy.isComplete() && spoken.noisy.partsAhead() <= MOST_RUNS_AHEAD);
  }

  @Override
  public void readOn(Pace pace, CancellationToken cancel) {
    stage = SynthesisStage.TEXT;
    int count = order.ids().length;
    if (runsRead == 0) {
      durationNoise = new float[2 * count];
      for (int i = 0; i < durationNoise.length; i++) {
        durationNoise[i] = (float) noise.nextGaussian();
      }
    }
    TextRun run = order.sentence().runs().get(runsRead);
    TextResult text = graphs.runText(order, run, durationNoise, pace, cancel);
    if (spoken == null) {
      int channels = text.mean().length / run.length();
      PriorSampler noisy = new PriorSampler(channels, count, order.noiseScale(), noise);
      spoken = new Spoken(graphs, noisy, text.conditions());
    }
    spoken.noisy.add(text, run, this::addedFrames);
    runsRead++;
  }

  /// By how many frames a number of the sentence lasts longer than the voice makes it.
  private int addedFrames(int id) {
    double samples = order.pauses().at(order.sentence().marks()[id]);
    return (int) Math.rint(samples / graphs.contexts().samplesPerFrame());
  }

  /// The windows of a sentence whose text was read.
  private static final class Spoken {
    private final StagedGraphs graphs;
    private final PriorSampler noisy;
    private final FeatureFrames features;
    private final Map<String, Tensor> conditions;
    private long samplesPerFrame;
    private int done;
    private SynthesisStage stage = SynthesisStage.TEXT;

    Spoken(StagedGraphs graphs, PriorSampler noisy, Map<String, Tensor> conditions) {
      this.graphs = graphs;
      this.noisy = noisy;
      this.features = new FeatureFrames(graphs, noisy, conditions);
      this.conditions = conditions;
    }

    boolean isFinished() {
      return noisy.isComplete() && done == noisy.frames();
    }

    /// Whether the next window needs more of the text.
    boolean lacksText(Pace pace) {
      return !features.reach(neededColumn(windowEnd(pace))) && features.lacksText();
    }

    private int windowEnd(Pace pace) {
      int windowFrames = Math.min(pace.windowFrames(), Rendering.LARGEST_WINDOW_FRAMES);
      return noisy.isComplete()
          ? Math.min(done + windowFrames, noisy.frames())
          : done + windowFrames;
    }

    /// Feature columns that the tail looks at up to a frame.
    private int neededColumn(int end) {
      Contexts contexts = graphs.contexts();
      int needed = end * contexts.featuresPerFrame() + contexts.tail();
      return noisy.isComplete()
          ? Math.min(noisy.frames() * contexts.featuresPerFrame(), needed)
          : needed;
    }

    float[] step(Pace pace, CancellationToken cancel) {
      Contexts contexts = graphs.contexts();
      int rate = contexts.featuresPerFrame();
      int end = windowEnd(pace);
      int to = neededColumn(end);
      if (!features.reach(to)) {
        stage = features.extend(pace, cancel);
        return NOTHING;
      }
      stage = SynthesisStage.VOCODER;
      int from = Math.max(0, done * rate - contexts.tail());
      FrameSlice window = features.tensor(from, to);
      int start = done * rate - from;
      int keep = (end - done) * rate;
      float[] samples =
          graphs
              .tail()
              .run(
                  window,
                  new Place(from == 0, noisy.isComplete() && to == noisy.frames() * rate),
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
