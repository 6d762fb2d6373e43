package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime.Nodes;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.runtime.gpu.DeviceStage;
import dev.ttsworker.engine.runtime.gpu.DeviceStage.Position;
import dev.ttsworker.engine.runtime.gpu.StageSpec;
import dev.ttsworker.engine.runtime.gpu.TensorShape;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Part of a model over frames (flow, head or tail), on the CPU and perhaps on accelerators too.
/// Its output grows with its input, so the shape of the first output gives that of every other.
/// Thread-safe.
final class PartitionRunner implements AutoCloseable {
  private final Graph graph;
  private final Names names;
  private volatile @Nullable Learned learned;
  private volatile Optional<DeviceStage> device = Optional.empty();

  /// @param input `[1, rows, columns]`
  /// @param mask `[1, 1, columns]` of ones, when there is one
  /// @param conditions inputs that the text stage gave
  record Names(String input, Optional<String> mask, List<String> conditions, String output) {}

  /// Shapes that a run has shown.
  ///
  /// @param rows of the input
  /// @param conditions by name
  /// @param outputPerFrame the output's for one column
  private record Learned(
      int rows, Map<String, TensorShape> conditions, TensorShape outputPerFrame) {}

  /// Takes the graph over.
  PartitionRunner(Graph graph, Names names) {
    this.graph = graph;
    this.names = names;
  }

  /// Has windows computed on accelerators too, when they work.
  void add(DeviceStage stage) {
    device = Optional.of(stage);
  }

  /// What accelerators must know, learned from the runs so far, of which there must be one.
  StageSpec spec(GraphPart stage, NavigableSet<Integer> widths) {
    Learned known = Objects.requireNonNull(learned);
    return new StageSpec(
        stage.name().toLowerCase(Locale.ROOT),
        names.input(),
        known.rows(),
        names.mask(),
        known.conditions(),
        names.output(),
        known.outputPerFrame(),
        widths,
        // The flow works out shapes; they are small, and the runtime places them on the CPU.
        stage == GraphPart.FLOW ? Nodes.SOME_ON_CPU : Nodes.ALL_ON_DEVICE);
  }

  /// Runs over some columns: on an accelerator when one can, else on the calling thread.
  ///
  /// @param place where the columns lie in their sentence
  /// @param reader reads the output, row-major, which is gone when it returns
  <T> T run(
      FrameSlice columns,
      Position place,
      Map<String, Tensor> conditions,
      Pace pace,
      CancellationToken cancel,
      Function<FloatBuffer, T> reader) {
    Optional<FloatBuffer> made =
        device.flatMap(it -> it.run(columns, place, conditions, pace.deadlineNanos(), cancel));
    return made.isPresent()
        ? reader.apply(made.get())
        : runHere(columns, conditions, cancel, reader);
  }

  private <T> T runHere(
      FrameSlice columns,
      Map<String, Tensor> conditions,
      CancellationToken cancel,
      Function<FloatBuffer, T> reader) {
    int width = columns.to() - columns.from();
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(names.input(), columns);
    names.mask().ifPresent(name -> inputs.put(name, new FloatTensor(ones(width), 1, 1, width)));
    for (String name : names.conditions()) {
      inputs.put(name, Objects.requireNonNull(conditions.get(name)));
    }
    Learned known = learned;
    if (known != null) {
      long[] shape = known.outputPerFrame().times(1, width);
      return graph.run(inputs, names.output(), shape, cancel, reader);
    }
    FloatTensor first = graph.run(inputs, names.output(), cancel);
    learned = learn(first.shape(), columns, conditions);
    return reader.apply(FloatBuffer.wrap(first.values()));
  }

  private Learned learn(long[] shape, FrameSlice columns, Map<String, Tensor> conditions) {
    int width = columns.to() - columns.from();
    int last = shape.length - 1;
    if (last < 0 || shape[last] == 0 || shape[last] % width != 0) {
      throw new WorkerException(
          ErrorCode.INFERENCE_FAILED,
          "A stage made %s of %d columns".formatted(Arrays.toString(shape), width));
    }
    shape[last] /= width;
    Map<String, TensorShape> given = new HashMap<>();
    for (String name : names.conditions()) {
      given.put(name, TensorShape.of(Objects.requireNonNull(conditions.get(name)).shape()));
    }
    return new Learned(columns.channels(), Map.copyOf(given), TensorShape.of(shape));
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1f);
    return ones;
  }

  @Override
  public void close() {
    device.ifPresent(DeviceStage::close);
    graph.close();
  }
}
