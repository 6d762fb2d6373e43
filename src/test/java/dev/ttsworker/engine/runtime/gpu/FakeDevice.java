package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Accelerators that copy their input, do on demand whatever a driver may do, and count what is
/// open.
final class FakeDevice implements InferenceRuntime {
  /// Of a stage with one item, in windows of 2 columns.
  static final StageSpec SPEC = spec(2);

  static final Workload WORK = new Batches(SPEC);
  static final Reference REFERENCE = reference(SPEC);

  private final int devices;
  private final long memoryBytes;
  private final Set<Copying> open = ConcurrentHashMap.newKeySet();
  private final List<Run> runs = new CopyOnWriteArrayList<>();
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger faults = new AtomicInteger();
  private final AtomicLong claimed = new AtomicLong();
  private final AtomicLong mostClaimed = new AtomicLong();

  /// Before a load comes back; may throw anything or wait.
  volatile Hook onLoad = _ -> {};

  /// Before a run comes back; may throw anything or wait.
  volatile Hook onRun = _ -> {};

  /// What a run makes of each number, which should be the same.
  volatile UnaryOperator<Float> makes = value -> value;

  /// Before something is closed.
  volatile Hook onClose = _ -> {};

  /// Bytes that a run needs.
  volatile ToLongFunction<Run> needs = _ -> 0;

  FakeDevice() {
    this(1, 0);
  }

  FakeDevice(int devices, long memoryBytes) {
    this.devices = devices;
    this.memoryBytes = memoryBytes;
  }

  static StageSpec spec(Integer... widths) {
    return new StageSpec(
        "test",
        "in",
        1,
        Optional.empty(),
        Map.of(),
        "out",
        TensorShape.of(1, 1, 1),
        new TreeSet<>(List.of(widths)),
        Nodes.ALL_ON_DEVICE);
  }

  /// What the CPU makes of nothing, which the accelerators make of it too.
  static Reference reference(StageSpec spec) {
    Map<Integer, Map<String, Tensor>> samples = new HashMap<>();
    Map<Integer, float[]> outputs = new HashMap<>();
    for (int width : spec.widths()) {
      float[] nothing = new float[width];
      samples.put(width, Map.of("in", new FloatTensor(nothing, 1, 1, width)));
      outputs.put(width, nothing);
    }
    return new Reference(samples, outputs);
  }

  /// An item of [#SPEC].
  static BatchItem item(Replica replica, int largestBatch, float value) {
    return new BatchItem(replica, 2, largestBatch, inputs(value, 2), 0);
  }

  static Map<String, Tensor> inputs(float value, int width) {
    float[] values = new float[width];
    Arrays.fill(values, value);
    return Map.of("in", new FloatTensor(values, 1, 1, width));
  }

  /// What one run is given; for loads the values are empty.
  ///
  /// @param stop asks it to end
  record Run(int id, int batch, int width, List<Float> values, CancellationToken stop) {
    boolean isOfZeros() {
      return values.stream().allMatch(value -> value == 0);
    }
  }

  @FunctionalInterface
  interface Hook {
    void at(Run run) throws Throwable;
  }

  /// Calls a hook of which nothing but its failing matters.
  static void call(Hook hook) {
    call(hook, new Run(0, 0, 0, List.of(), new CancellationToken()));
  }

  private static void call(Hook hook, Run run) {
    try {
      hook.at(run);
    } catch (Throwable e) {
      throw FakeDevice.<RuntimeException>unchecked(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <T extends Throwable> T unchecked(Throwable any) throws T {
    throw (T) any;
  }

  static WorkerException failure(String message) {
    return new WorkerException(ErrorCode.INFERENCE_FAILED, message);
  }

  List<Run> runs() {
    return List.copyOf(runs);
  }

  void forgetRuns() {
    runs.clear();
  }

  int loads() {
    return loads.get();
  }

  /// What must not happen: closing twice, closing while it runs, running what is closed.
  int faults() {
    return faults.get();
  }

  /// The most memory that all open sessions of one accelerator together were allowed.
  long mostClaimed() {
    return mostClaimed.get();
  }

  @Override
  public int loadedGraphs() {
    return open.size();
  }

  @Override
  public Device device() {
    return new Device(
        Device.Provider.CUDA, IntStream.range(0, devices).boxed().toList(), false, "a fake");
  }

  @Override
  public int cpuThreads() {
    return 1;
  }

  @Override
  public long acceleratorMemoryBytes() {
    return memoryBytes;
  }

  @Override
  public boolean saturates() {
    return false;
  }

  @Override
  public DeviceShapes shapes() {
    return DeviceShapes.upTo(16);
  }

  @Override
  public String version() {
    return "0";
  }

  @Override
  public int borrowedBuffers() {
    return 0;
  }

  @Override
  public Graph loadOnCpu(Path model) {
    return new OnCpu();
  }

  @Override
  public Graph loadUrgent(Path model) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void optimize(Path model, Path target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Graph loadOnAccelerator(Path model, int id, Nodes nodes, long memoryLimitBytes) {
    return load(id, memoryLimitBytes);
  }

  Graph load(int id, long memoryLimitBytes) {
    loads.incrementAndGet();
    call(onLoad, new Run(id, 0, 0, List.of(), new CancellationToken()));
    long now = claimed.addAndGet(memoryLimitBytes);
    mostClaimed.accumulateAndGet(now, Math::max);
    Copying made = new Copying(id, memoryLimitBytes);
    open.add(made);
    return made;
  }

  /// Copies its input, as the accelerators do.
  private static class OnCpu implements Graph {
    @Override
    public <T> T run(
        Map<String, Tensor> inputs,
        String outputName,
        long[] outputShape,
        CancellationToken cancel,
        Function<FloatBuffer, T> reader) {
      return reader.apply(FloatBuffer.wrap(values(inputs)));
    }

    @Override
    public Map<String, FloatTensor> run(
        Map<String, Tensor> inputs, Set<String> outputNames, CancellationToken cancel) {
      throw new UnsupportedOperationException("stages run in known shapes");
    }

    @Override
    public Set<String> inputNames() {
      return Set.of("in");
    }

    @Override
    public Set<String> outputNames() {
      return Set.of("out");
    }

    @Override
    public void close() {}
  }

  private static float[] values(Map<String, Tensor> inputs) {
    return ((FloatTensor) Objects.requireNonNull(inputs.get("in"))).values();
  }

  private final class Copying extends OnCpu {
    private final int id;
    private final long memoryLimitBytes;
    private final AtomicInteger running = new AtomicInteger();

    Copying(int id, long memoryLimitBytes) {
      this.id = id;
      this.memoryLimitBytes = memoryLimitBytes;
    }

    @Override
    public <T> T run(
        Map<String, Tensor> inputs,
        String outputName,
        long[] outputShape,
        CancellationToken cancel,
        Function<FloatBuffer, T> reader) {
      if (!open.contains(this)) {
        faults.incrementAndGet();
      }
      float[] values = values(inputs);
      Run run =
          new Run(
              id,
              Math.toIntExact(outputShape[0]),
              Math.toIntExact(outputShape[2]),
              IntStream.range(0, values.length).mapToObj(i -> values[i]).toList(),
              cancel);
      runs.add(run);
      if (running.incrementAndGet() > 1 && memoryLimitBytes > 0) {
        faults.incrementAndGet();
      }
      try {
        long needed = needs.applyAsLong(run);
        if (memoryLimitBytes > 0 && needed > memoryLimitBytes) {
          throw failure(
              "Available memory of %d is smaller than requested bytes of %d"
                  .formatted(memoryLimitBytes, needed));
        }
        call(onRun, run);
        float[] made = values.clone();
        for (int i = 0; i < made.length; i++) {
          made[i] = makes.apply(made[i]);
        }
        return reader.apply(FloatBuffer.wrap(made));
      } finally {
        running.decrementAndGet();
      }
    }

    @Override
    public void close() {
      if (running.get() > 0 || !open.remove(this)) {
        faults.incrementAndGet();
      }
      claimed.addAndGet(-memoryLimitBytes);
      call(onClose, new Run(id, 0, 0, List.of(), new CancellationToken()));
    }
  }
}
