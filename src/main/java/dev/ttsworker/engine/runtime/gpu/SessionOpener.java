package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.DeviceFailure;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.runtime.gpu.OpenSessions.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Session opener of one graph on one accelerator, within its memory share. A new session runs on a
/// sample, whose output must be the CPU's. The required memory is only known after a run: an
/// insufficient share is doubled, and a sufficient one is remembered for the next opening.
final class SessionOpener {
  /// ONNX Runtime plans its memory in the first run and allocates it in the second.
  private static final int RUNS_UNTIL_MEMORY_IS_KNOWN = 3;

  private final Workload work;
  private final Reference reference;
  private final DeviceShapes shapes;
  private final long modelBytes;
  private final Replica.Loader loader;
  private final GpuMemoryBudget budget;
  private final LimitedCalls calls;
  private final LongSupplier nanoTime;
  private final Map<SizedShape, Long> sufficientBytes = new ConcurrentHashMap<>();

  /// @param reference what the CPU makes of a sample
  /// @param modelBytes of the stage's file, about the size of its weights
  SessionOpener(
      Workload work,
      Reference reference,
      DeviceShapes shapes,
      long modelBytes,
      Replica.Loader loader,
      GpuMemoryBudget budget,
      LimitedCalls calls,
      LongSupplier nanoTime) {
    this.work = work;
    this.reference = reference;
    this.shapes = shapes;
    this.modelBytes = modelBytes;
    this.loader = loader;
    this.budget = budget;
    this.calls = calls;
    this.nanoTime = nanoTime;
  }

  /// @param batch items
  record SizedShape(int width, int batch) {
    String of(Workload work) {
      return "%s for %d windows of %d".formatted(work.name(), batch, width);
    }
  }

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
      if (batch <= work.largestBatch()) {
        work.widths().descendingSet().stream()
            .filter(width -> width <= shapes.widest())
            .forEach(width -> all.add(new SizedShape(width, batch)));
      }
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
    String what = shape.of(work);
    // ONNX Runtime does not check its limit against the weights.
    long tooLittle = modelBytes;
    long wanted =
        sufficientBytes.getOrDefault(
            shape, 2 * modelBytes + work.bytes(shape.batch(), shape.width()));
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

  private float[][] run(Graph graph, SizedShape shape) {
    Map<String, Tensor> sample = reference.sample(shape.width());
    return work.run(
        graph,
        shape.batch(),
        shape.width(),
        Collections.nCopies(shape.batch(), sample),
        new CancellationToken());
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
        float[][] made = run(loaded, shape);
        runNanos = nanoTime.getAsLong() - start;
        for (float[] output : made) {
          reference.check(work, shape.of(work), shape.width(), output);
        }
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
