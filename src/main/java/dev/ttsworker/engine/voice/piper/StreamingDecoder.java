package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.graph.PartitionInterface.ContextFrames;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.runtime.gpu.DeviceStage.Position;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.piper.PartitionedModel.TextResult;
import dev.ttsworker.engine.voice.sentence.FrameBuffer;
import dev.ttsworker.engine.voice.sentence.Samples;
import dev.ttsworker.engine.voice.sentence.SentenceSound;
import dev.ttsworker.engine.voice.sentence.TextRun;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Streaming decoder: one sentence through the parts of the model, one run of a graph per step:
/// text encoder, flow, head and tail of the decoder. Every window is computed with the context
/// frames of its part and only its middle is kept, so the windows join exactly. The text of a long
/// sentence is read in several runs, each when the windows need it; windows go over their borders
/// as over any other place.
final class StreamingDecoder implements SentenceSound {
  private static final float[] NOTHING = {};

  /// Runs of the text stage that may be read and not yet spoken, besides the one that is spoken:
  /// what they said is memory.
  private static final int MOST_RUNS_AHEAD = 4;

  private final PartitionedModel graphs;
  private final SentenceRequest order;
  private final SplittableRandom noise;
  private float[] durationNoise = {};
  private int runsRead;
  private SynthesisStage stage = SynthesisStage.TEXT;
  private @Nullable Windows windows;

  StreamingDecoder(PartitionedModel graphs, SentenceRequest order) {
    this.graphs = graphs;
    this.order = order;
    this.noise = new SplittableRandom(order.seed());
  }

  @Override
  public boolean isFinished() {
    return windows != null && windows.isFinished();
  }

  @Override
  public SynthesisStage latestStage() {
    return stage;
  }

  @Override
  public float[] step(Pace pace, CancellationToken cancel) {
    if (windows == null || windows.lacksText(pace)) {
      readOn(pace, cancel);
      return NOTHING;
    }
    float[] made = windows.step(pace, cancel);
    stage = windows.stage;
    return made;
  }

  @Override
  public int knownIds() {
    return windows == null ? 0 : windows.noisy.borders().known();
  }

  @Override
  public long border(int id) {
    if (windows == null) {
      throw new IllegalStateException("The text was not read");
    }
    return windows.noisy.borders().at(id) * windows.samplesPerFrame;
  }

  @Override
  public boolean hasExactBorders() {
    return true;
  }

  @Override
  public boolean canReadOn() {
    return windows == null
        || (!windows.noisy.isComplete() && windows.noisy.partsAhead() <= MOST_RUNS_AHEAD);
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
    if (windows == null) {
      int channels = text.mean().length / run.length();
      PriorSampler noisy = new PriorSampler(channels, count, order.noiseScale(), noise);
      windows = new Windows(graphs, noisy, text.conditions());
    }
    windows.noisy.add(text, run, this::addedFrames);
    runsRead++;
  }

  /// By how many frames a number of the sentence lasts longer than the voice makes it.
  private int addedFrames(int id) {
    double samples = order.pauses().at(order.sentence().marks()[id]);
    return (int) Math.rint(samples / graphs.contexts().samplesPerFrame());
  }

  /// The windows of a sentence whose text was read: the flow and the head compute in the chunks of
  /// [ChunkSizing], the tail in windows of any size.
  private static final class Windows {
    private final PartitionedModel graphs;
    private final ContextFrames contexts;
    private final PriorSampler noisy;
    private final Map<String, Tensor> conditions;
    private final FrameBuffer latent;
    private final FrameBuffer features = FrameBuffer.ofUnknownRows();
    private int headEnd;
    private long samplesPerFrame;
    private int done;
    private SynthesisStage stage = SynthesisStage.TEXT;

    Windows(PartitionedModel graphs, PriorSampler noisy, Map<String, Tensor> conditions) {
      this.graphs = graphs;
      this.contexts = graphs.contexts();
      this.noisy = noisy;
      this.conditions = conditions;
      this.latent = new FrameBuffer(noisy.channels());
    }

    boolean isFinished() {
      return isEnd(done);
    }

    /// Whether the sentence has no frame from here on.
    private boolean isEnd(int frame) {
      return noisy.isComplete() && frame == noisy.frames();
    }

    /// Whether the next window needs more of the text: a chunk and its context must not take what
    /// is known for the end.
    boolean lacksText(Pace pace) {
      if (noisy.isComplete() || features.end() >= neededFeatures(windowEnd(pace))) {
        return false;
      }
      int chunk = ChunkSizing.most(headEnd) + contexts.head() + contexts.flow();
      return noisy.frames() <= headEnd + chunk;
    }

    private int windowEnd(Pace pace) {
      int end = done + Math.min(pace.windowFrames(), Rendering.LARGEST_WINDOW_FRAMES);
      return noisy.isComplete() ? Math.min(end, noisy.frames()) : end;
    }

    /// Feature frames that the tail needs up to a frame.
    private int neededFeatures(int end) {
      int needed = end * contexts.featuresPerFrame() + contexts.tail();
      return noisy.isComplete()
          ? Math.min(noisy.frames() * contexts.featuresPerFrame(), needed)
          : needed;
    }

    float[] step(Pace pace, CancellationToken cancel) {
      int end = windowEnd(pace);
      int needed = neededFeatures(end);
      if (features.end() >= needed) {
        stage = SynthesisStage.VOCODER;
        return runTail(end, needed, pace, cancel);
      }
      int chunkEnd = ChunkSizing.end(headEnd, noisy.frames());
      int latentEnd = Math.min(noisy.frames(), chunkEnd + contexts.head());
      if (latent.end() < latentEnd) {
        stage = SynthesisStage.ACOUSTIC;
        runFlow(latentEnd, pace, cancel);
      } else {
        stage = SynthesisStage.VOCODER;
        runHead(chunkEnd, pace, cancel);
      }
      return NOTHING;
    }

    private void runFlow(int end, Pace pace, CancellationToken cancel) {
      int start = latent.end();
      int from = Math.max(0, start - contexts.flow());
      int to = Math.min(noisy.frames(), end + contexts.flow());
      int _ =
          graphs
              .flow(pace)
              .run(
                  noisy.tensor(from, to),
                  new Position(from == 0, isEnd(to)),
                  conditions,
                  pace,
                  cancel,
                  made -> latent.append(made, to - from, start - from, end - from));
    }

    private void runHead(int end, Pace pace, CancellationToken cancel) {
      int start = headEnd;
      int from = Math.max(0, start - contexts.head());
      int to = Math.min(noisy.frames(), end + contexts.head());
      int rate = contexts.featuresPerFrame();
      latent.forgetBefore(from);
      int made =
          graphs
              .head()
              .run(
                  latent.tensor(from, to),
                  new Position(from == 0, isEnd(to)),
                  conditions,
                  pace,
                  cancel,
                  frames ->
                      features.append(
                          frames, (to - from) * rate, (start - from) * rate, (end - from) * rate));
      headEnd = made / rate;
    }

    /// @param to feature frames up to the end of the window's context
    private float[] runTail(int end, int to, Pace pace, CancellationToken cancel) {
      int rate = contexts.featuresPerFrame();
      int from = Math.max(0, done * rate - contexts.tail());
      int start = done * rate - from;
      int keep = (end - done) * rate;
      features.forgetBefore(from);
      float[] samples =
          graphs
              .tail()
              .run(
                  features.tensor(from, to),
                  new Position(from == 0, noisy.isComplete() && to == noisy.frames() * rate),
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
