package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.DeviceFailure;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.runtime.gpu.OpenSessions.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Session opener of one stage on one accelerator, within its memory share. The required memory is
/// only known after a run: an insufficient share is doubled, and a sufficient one is remembered for
/// the next opening.
final class SessionOpener {
  /// ONNX Runtime plans its memory in the first run and allocates it in the second.
  private static final int RUNS_UNTIL_MEMORY_IS_KNOWN = 3;

  private final StageSpec spec;
  private final DeviceShapes shapes;
  private final long modelBytes;
  private final Replica.Loader loader;
  private final GpuMemoryBudget budget;
  private final LimitedCalls calls;
  private final LongSupplier nanoTime;
  private final Map<SizedShape, Long> sufficientBytes = new ConcurrentHashMap<>();

  /// @param modelBytes of the stage's file, about the size of its weights
  SessionOpener(
      StageSpec spec,
      DeviceShapes shapes,
      long modelBytes,
      Replica.Loader loader,
      GpuMemoryBudget budget,
      LimitedCalls calls,
      LongSupplier nanoTime) {
    this.spec = spec;
    this.shapes = shapes;
    this.modelBytes = modelBytes;
    this.loader = loader;
    this.budget = budget;
    this.calls = calls;
    this.nanoTime = nanoTime;
  }

  /// @param batch items
  record SizedShape(int width, int batch) {}

  /// Opens the first session, which takes any window, and runs it, so that no caller waits for its
  /// plan.
  ///
  /// @throws dev.ttsworker.error.WorkerException when it cannot be loaded or run
  OpenSessions open() {
    OpenSessions sessions = new OpenSessions(calls);
    add(sessions, all().getFirst());
    return sessions;
  }

  /// What is worth opening after the first session, in this order: narrower windows, then batches.
  List<SizedShape> further() {
    List<SizedShape> all = all();
    return all.subList(1, all.size());
  }

  private List<SizedShape> all() {
    List<SizedShape> all = new ArrayList<>();
    for (int batch : shapes.batches()) {
      spec.widths().descendingSet().stream()
          .filter(width -> width <= shapes.widest())
          .forEach(width -> all.add(new SizedShape(width, batch)));
    }
    return all;
  }

  /// Opens one session more, and runs it.
  ///
  /// @return whether the others are still open
  /// @throws dev.ttsworker.error.WorkerException when it cannot be loaded or run
  boolean add(OpenSessions sessions, SizedShape shape) {
    Session session = open(shape);
    boolean open = sessions.add(session);
    if (!open) {
      calls.close("closing a session", session::close);
    }
    return open;
  }

  private Session open(SizedShape shape) {
    String what = spec.name() + " for " + shape.batch() + " windows of " + shape.width();
    // ONNX Runtime does not check its limit against the weights.
    long tooLittle = modelBytes;
    long wanted = sufficientBytes.getOrDefault(shape, 2 * modelBytes + firstGuess(shape));
    while (true) {
      long atLeast = tooLittle;
      long share = wanted;
      try {
        Session opened =
            calls.open(
                "opening " + what,
                () -> open(shape, budget.claim(what, atLeast, share)),
                Session::close);
        sufficientBytes.put(shape, opened.share().bytes());
        return opened;
      } catch (RuntimeException e) {
        if (!budget.isLimited() || !DeviceFailure.exceedsMemoryLimit(e)) {
          throw e;
        }
        tooLittle = wanted;
        wanted = 2 * wanted;
      }
    }
  }

  /// Bytes of inputs and outputs.
  private long firstGuess(SizedShape shape) {
    long input = (long) shape.batch() * spec.channels() * shape.width();
    long output = Tensor.elements(spec.outputShape(shape.batch(), shape.width()));
    return Float.BYTES * (input + output);
  }

  private Session open(SizedShape shape, GpuMemoryBudget.Share share) {
    Optional<Graph> graph = Optional.empty();
    boolean complete = false;
    try {
      Graph loaded = loader.load(share.bytes());
      graph = Optional.of(loaded);
      long runNanos = 0;
      for (int i = 0; i < (budget.isLimited() ? RUNS_UNTIL_MEMORY_IS_KNOWN : 1); i++) {
        long start = nanoTime.getAsLong();
        float[][] _ =
            Batches.run(
                spec, loaded, shape.batch(), shape.width(), List.of(), new CancellationToken());
        runNanos = nanoTime.getAsLong() - start;
      }
      complete = true;
      return new Session(
          loaded,
          shape.width(),
          shape.batch(),
          share,
          runNanos,
          budget.isLimited() ? Optional.of(new ReentrantLock()) : Optional.empty());
    } finally {
      if (!complete) {
        graph.ifPresent(Graph::close);
        share.close();
      }
    }
  }
}
