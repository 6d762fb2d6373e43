package dev.ttsworker.voice.piper;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.FloatTensor;
import dev.ttsworker.inference.Graph;
import dev.ttsworker.inference.LongTensor;
import dev.ttsworker.inference.Tensor;
import dev.ttsworker.voice.Pace;
import dev.ttsworker.voice.RenderingStage;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A voice that runs in one piece: a sentence is computed wholly before it is heard. Its random
/// numbers are drawn inside the graph, so a seed does not repeat a call.
final class WholeGraph implements PiperGraphs {
  private static final Set<String> REQUIRED = Set.of("input", "input_lengths", "scales");
  private static final String SPEAKER = "sid";
  private static final String OUTPUT = "output";

  private final Graph graph;
  private final boolean speakers;

  /// Takes the graph over, also when it fails.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` when it is no graph of a Piper voice
  WholeGraph(Graph graph) {
    Set<String> inputs = graph.inputNames();
    Set<String> outputs = graph.outputNames();
    this.graph = graph;
    this.speakers = inputs.contains(SPEAKER);
    boolean known = inputs.containsAll(REQUIRED) && inputs.size() == (speakers ? 4 : 3);
    if (!known || !outputs.contains(OUTPUT)) {
      graph.close();
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "The model takes %s and gives %s; a Piper voice takes input, input_lengths, scales and perhaps sid, and gives output"
              .formatted(inputs, outputs));
    }
  }

  @Override
  public SentenceSound begin(SentenceOrder order) {
    return new Sound(order);
  }

  @Override
  public boolean streams() {
    return false;
  }

  /// The whole sentence at once.
  float[] speak(SentenceOrder order, CancelSignal cancel) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put("input", new LongTensor(order.ids(), 1, order.ids().length));
    inputs.put("input_lengths", new LongTensor(new long[] {order.ids().length}, 1));
    inputs.put("scales", new FloatTensor(order.scales(), 3));
    if (speakers) {
      inputs.put(SPEAKER, new LongTensor(new long[] {order.speaker()}, 1));
    }
    return Samples.finite("sample", graph.run(inputs, OUTPUT, cancel).values());
  }

  @Override
  public void close() {
    graph.close();
  }

  private final class Sound implements SentenceSound {
    private final SentenceOrder order;
    private boolean finished;
    private int samples;

    Sound(SentenceOrder order) {
      this.order = order;
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public RenderingStage latestStage() {
      return RenderingStage.VOCODER;
    }

    @Override
    public float[] step(Pace pace, CancelSignal cancel) {
      float[] made = speak(order, cancel);
      samples = made.length;
      finished = true;
      return made;
    }

    /// The graph does not tell: as if all numbers were equally long.
    @Override
    public int[] borders() {
      int[] borders = new int[order.ids().length + 1];
      for (int i = 0; i < borders.length; i++) {
        borders[i] = (int) ((long) samples * i / order.ids().length);
      }
      return borders;
    }

    @Override
    public boolean hasExactBorders() {
      return false;
    }
  }
}
