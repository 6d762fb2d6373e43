package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;

/// Lanes that take their work from one queue, in the order in which it came. Thread-safe.
final class EspeakWorkers implements AutoCloseable {
  /// What to do with a request whose process failed.
  interface Failures {
    /// Takes a request that its process did not answer.
    ///
    /// @param wasFresh whether the process had read nothing before this request
    void failed(EspeakRequest request, boolean wasFresh, HelperFailure failure);
  }

  private final int mostWaitingForStart;
  private final BlockingQueue<EspeakRequest> queue = new LinkedBlockingQueue<>();
  private final List<EspeakWorker> lanes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /// Starts nothing yet.
  ///
  /// @param count how many texts are read at once
  /// @param mostWaitingForStart requests that may wait while no lane is up: each holds a thread of
  ///   its caller, of which there are few
  EspeakWorkers(int count, int mostWaitingForStart, EspeakServices tools, Failures failures) {
    this.mostWaitingForStart = mostWaitingForStart;
    for (int i = 0; i < count; i++) {
      lanes.add(new EspeakWorker(tools, queue, new LaneEvents(failures)));
    }
  }

  private final class LaneEvents implements EspeakWorker.Events {
    private final Failures failures;

    LaneEvents(Failures failures) {
      this.failures = failures;
    }

    @Override
    public void failed(EspeakRequest request, boolean wasFresh, HelperFailure failure) {
      failures.failed(request, wasFresh, failure);
    }

    @Override
    public void resting() {
      answerWaiting();
    }
  }

  /// Starts all processes and waits until they are ready. When one does not become ready, none runs
  /// on.
  void startProcesses() throws HelperFailure {
    boolean ready = false;
    try {
      for (EspeakWorker lane : lanes) {
        lane.launch();
      }
      for (EspeakWorker lane : lanes) {
        lane.awaitReady();
      }
      ready = true;
    } finally {
      if (!ready) {
        lanes.forEach(EspeakWorker::abandon);
      }
    }
  }

  /// Starts the threads, which start the processes that are missing.
  void startThreads(ThreadFactory factory) {
    for (EspeakWorker lane : lanes) {
      Thread thread = factory.newThread(lane);
      threads.add(thread);
      thread.start();
    }
  }

  /// Whether a request would be read at once, or after those before it.
  boolean isUp() {
    return lanes.stream().anyMatch(EspeakWorker::isUp);
  }

  /// Has a request read.
  ///
  /// @throws WorkerException when no lane will read it soon: `NO_CAPACITY` when they rest or enough
  ///   requests wait for one to start, `INTERNAL` when no process can be started, `DRAINING` after
  ///   the end
  void submit(EspeakRequest request) {
    queue.add(request);
    Optional<WorkerException> refusal = refusal();
    if (refusal.isPresent() && queue.remove(request)) {
      throw refusal.get();
    }
  }

  /// Takes back a request that nobody has begun to read.
  void withdraw(EspeakRequest request) {
    queue.remove(request);
  }

  int waiting() {
    return queue.size();
  }

  List<Process> processes() {
    return lanes.stream().map(EspeakWorker::process).flatMap(Optional::stream).toList();
  }

  private Optional<WorkerException> refusal() {
    if (closed) {
      return Optional.of(draining());
    }
    if (queue.size() > mostWaitingForStart && !isUp()) {
      return Optional.of(
          new WorkerException(
              ErrorCode.NO_CAPACITY, "No capacity now: eSpeak NG starts again; try again"));
    }
    Optional<WorkerException> refusal = Optional.empty();
    for (EspeakWorker lane : lanes) {
      refusal = lane.refusal();
      if (refusal.isEmpty()) {
        return refusal;
      }
    }
    return refusal;
  }

  private void answerWaiting() {
    for (Optional<WorkerException> refusal = refusal(); refusal.isPresent(); refusal = refusal()) {
      EspeakRequest waiting = queue.poll();
      if (waiting == null) {
        return;
      }
      waiting.fail(refusal.get());
    }
  }

  static WorkerException draining() {
    return new WorkerException(ErrorCode.DRAINING, "eSpeak NG has been closed");
  }

  /// Ends the threads, each after the text it reads, and their processes. What waits is refused
  /// with `DRAINING`. Returns when they have ended or the thread is interrupted.
  @Override
  public void close() {
    closed = true;
    lanes.forEach(EspeakWorker::close);
    threads.forEach(Thread::interrupt);
    answerWaiting();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
