package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.graph.PartitionInterface.Contexts;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.runtime.gpu.DeviceStage.Place;
import dev.ttsworker.engine.voice.Pace;
import java.util.Map;

/// The tail's input of one sentence, computed from the front in the chunks of [ChunkPlan], first by
/// the flow, then by the head, each with the context that it looks at. Not thread-safe.
final class FeatureFrames {
  private final StagedGraphs graphs;
  private final Contexts contexts;
  private final Map<String, Tensor> conditions;
  private final PriorSampler noisy;
  private final FrameBuffer latent;
  private final FrameBuffer features;
  private int headEnd;

  FeatureFrames(StagedGraphs graphs, PriorSampler noisy, Map<String, Tensor> conditions) {
    this.graphs = graphs;
    this.contexts = graphs.contexts();
    this.conditions = conditions;
    this.noisy = noisy;
    this.latent = new FrameBuffer(noisy.channels());
    this.features = FrameBuffer.ofUnknownRows();
  }

  /// Whether [#extend] needs more of the sentence than is known: a chunk and what is computed
  /// beside it must not take what is known for the end.
  boolean lacksText() {
    int chunk = ChunkPlan.most(headEnd) + contexts.head() + contexts.flow();
    return !noisy.isComplete() && noisy.frames() <= headEnd + chunk;
  }

  /// Whether feature columns up to this one are there.
  boolean reach(int column) {
    return features.end() >= column;
  }

  /// The columns `from`..`to`, which must be there; those before `from` are not asked for again.
  FrameSlice tensor(int from, int to) {
    features.forgetBefore(from);
    return features.tensor(from, to);
  }

  /// Runs one stage once, to have more features, or the latent frames they need. Not to be asked
  /// while [#lacksText].
  ///
  /// @return which stage ran
  SynthesisStage extend(Pace pace, CancellationToken cancel) {
    int end = ChunkPlan.end(headEnd, noisy.frames());
    int latentEnd = Math.min(noisy.frames(), end + contexts.head());
    if (latent.end() < latentEnd) {
      runFlow(latentEnd, pace, cancel);
      return SynthesisStage.ACOUSTIC;
    }
    runHead(end, pace, cancel);
    return SynthesisStage.VOCODER;
  }

  /// Whether the sentence has no frame from here on.
  private boolean isEnd(int frame) {
    return noisy.isComplete() && frame == noisy.frames();
  }

  private void runFlow(int end, Pace pace, CancellationToken cancel) {
    int start = latent.end();
    int from = Math.max(0, start - contexts.flow());
    int to = Math.min(noisy.frames(), end + contexts.flow());
    FrameSlice window = noisy.tensor(from, to);
    int _ =
        graphs
            .flow(pace)
            .run(
                window,
                new Place(from == 0, isEnd(to)),
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
    FrameSlice window = latent.tensor(from, to);
    int made =
        graphs
            .head()
            .run(
                window,
                new Place(from == 0, isEnd(to)),
                conditions,
                pace,
                cancel,
                columns ->
                    features.append(
                        columns, (to - from) * rate, (start - from) * rate, (end - from) * rate));
    headEnd = made / rate;
  }
}
