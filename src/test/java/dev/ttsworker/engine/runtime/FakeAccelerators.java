package dev.ttsworker.engine.runtime;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Device;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// A runtime whose accelerators compute on the CPU, or are those of another runtime; they fail on
/// demand, and remember what they did.
public final class FakeAccelerators implements InferenceRuntime {
  private final InferenceRuntime real;
  private final Device device;
  private final DeviceShapes shapes;
  private final Loads onAccelerator;
  private final Map<Integer, String> runFailures = new ConcurrentHashMap<>();
  private final Map<Integer, String> loadFailures = new ConcurrentHashMap<>();
  private final List<Run> runs = new CopyOnWriteArrayList<>();
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile Optional<Semaphore> turnstile = Optional.empty();
  private volatile Predicate<float[]> refused = _ -> false;
  private volatile float factor = 1;
  private volatile Optional<Error> error = Optional.empty();

  private interface Loads {
    Graph load(Path model, int id, Nodes nodes, long memoryLimitBytes);
  }

  private FakeAccelerators(
      InferenceRuntime real, Device device, DeviceShapes shapes, Loads onAccelerator) {
    this.real = real;
    this.device = device;
    this.shapes = shapes;
    this.onAccelerator = onAccelerator;
  }

  /// With all widths, and batches of 1 and 4: each session runs once when it is opened, one of 16
  /// longer than all others together.
  ///
  /// @param count how many accelerators there are, all played by the CPU
  public FakeAccelerators(InferenceRuntime real, int count) {
    this(real, count, DeviceShapes.upTo(4));
  }

  /// @param count how many accelerators there are, all played by the CPU
  /// @param shapes of their sessions
  public FakeAccelerators(InferenceRuntime real, int count, DeviceShapes shapes) {
    this(
        real,
        new Device(
            Device.Provider.CUDA,
            IntStream.range(0, count).boxed().toList(),
            false,
            "the CPU plays a GPU"),
        shapes,
        (model, _, _, _) -> real.loadOnCpu(model));
  }

  /// Those of the runtime itself.
  public static FakeAccelerators of(InferenceRuntime real, DeviceShapes shapes) {
    return new FakeAccelerators(real, real.device(), shapes, real::loadOnAccelerator);
  }

  /// What one accelerator ran.
  ///
  /// @param batch rows
  /// @param width columns of the widest input
  public record Run(int id, int batch, int width) {}

  /// All runs from now on, and all that wait now, fail with this message.
  public void failRuns(int id, String message) {
    runFailures.put(id, message);
  }

  /// Loads onto this accelerator fail with this message.
  public void failLoads(int id, String message) {
    loadFailures.put(id, message);
  }

  public void heal(int id) {
    runFailures.remove(id);
    loadFailures.remove(id);
    error = Optional.empty();
  }

  /// Runs wait for a permit of this from now on.
  public void hold(Semaphore permits) {
    turnstile = Optional.of(permits);
  }

  /// Batches with such values are refused from now on, as illegal ones are.
  public void refuse(Predicate<float[]> values) {
    refused = values;
  }

  /// All runs throw this from now on.
  public void throwInRuns(Error thrown) {
    error = Optional.of(thrown);
  }

  /// The session of the next run is closed under it.
  public void closeNextSession() {
    closing.set(true);
  }

  /// What runs give is this many times as large from now on, of graphs for sentences.
  public void louder(float times) {
    factor = times;
  }

  public List<Run> runs() {
    return List.copyOf(runs);
  }

  public void forgetRuns() {
    runs.clear();
  }

  public int loads() {
    return loads.get();
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int cpuThreads() {
    return real.cpuThreads();
  }

  @Override
  public long acceleratorMemoryBytes() {
    return 0;
  }

  @Override
  public boolean saturates() {
    return real.saturates();
  }

  @Override
  public DeviceShapes shapes() {
    return shapes;
  }

  @Override
  public String version() {
    return real.version();
  }

  @Override
  public int loadedGraphs() {
    return real.loadedGraphs();
  }

  @Override
  public int borrowedBuffers() {
    return real.borrowedBuffers();
  }

  @Override
  public Graph loadOnCpu(Path model) {
    return real.loadOnCpu(model);
  }

  @Override
  public Graph loadUrgent(Path model) {
    return real.loadUrgent(model);
  }

  @Override
  public void optimize(Path model, Path target) {
    real.optimize(model, target);
  }

  @Override
  public Graph loadOnAccelerator(Path model, int id, Nodes nodes, long memoryLimitBytes) {
    String failure = loadFailures.get(id);
    if (failure != null) {
      throw new WorkerException(ErrorCode.MODEL_LOAD_FAILED, failure);
    }
    loads.incrementAndGet();
    return new OnAccelerator(onAccelerator.load(model, id, nodes, memoryLimitBytes), id);
  }

  private final class OnAccelerator implements Graph {
    private final Graph graph;
    private final int id;

    OnAccelerator(Graph graph, int id) {
      this.graph = graph;
      this.id = id;
    }

    @Override
    public Set<String> inputNames() {
      return graph.inputNames();
    }

    @Override
    public Set<String> outputNames() {
      return graph.outputNames();
    }

    @Override
    public Map<String, FloatTensor> run(
        Map<String, Tensor> inputs, Set<String> outputNames, CancellationToken cancel) {
      before(inputs, 1);
      Map<String, FloatTensor> made = graph.run(inputs, outputNames, cancel);
      for (FloatTensor output : made.values()) {
        for (int i = 0; i < output.values().length; i++) {
          output.values()[i] *= factor;
        }
      }
      return made;
    }

    @Override
    public <T> T run(
        Map<String, Tensor> inputs,
        String outputName,
        long[] outputShape,
        CancellationToken cancel,
        Function<FloatBuffer, T> reader) {
      before(inputs, Math.toIntExact(outputShape[0]));
      return graph.run(inputs, outputName, outputShape, cancel, reader);
    }

    private void before(Map<String, Tensor> inputs, int batch) {
      turnstile.ifPresent(Semaphore::acquireUninterruptibly);
      int width = 0;
      for (Tensor input : inputs.values()) {
        long[] shape = input.shape();
        width = Math.max(width, Math.toIntExact(shape[shape.length - 1]));
      }
      runs.add(new Run(id, batch, width));
      if (error.isPresent()) {
        throw error.get();
      }
      for (Tensor input : inputs.values()) {
        if (input instanceof FloatTensor floats && refused.test(floats.values())) {
          throw new WorkerException(
              ErrorCode.INFERENCE_FAILED,
              "Graph failed: Error code - ORT_INVALID_ARGUMENT - message: Got invalid dimensions");
        }
      }
      String failure = runFailures.get(id);
      if (failure != null) {
        throw new WorkerException(ErrorCode.INFERENCE_FAILED, "Graph failed: " + failure);
      }
      if (closing.getAndSet(false)) {
        graph.close();
      }
    }

    @Override
    public void close() {
      graph.close();
    }
  }
}
