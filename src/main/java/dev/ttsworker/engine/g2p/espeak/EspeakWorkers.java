package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;

/// Worker group with one FIFO queue. Thread-safe.
final class EspeakWorkers implements AutoCloseable {
  /// Handler of requests whose process failed.
  interface Failures {
    /// Handles a request that its process did not answer.
    ///
    /// @param wasFresh whether the process had read nothing before this request
    void failed(EspeakRequest request, boolean wasFresh, HelperFailure failure);
  }

  private final int mostWaitingForStart;
  private final BlockingQueue<EspeakRequest> queue = new LinkedBlockingQueue<>();
  private final List<EspeakWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /// Starts nothing yet.
  ///
  /// @param count number of workers
  /// @param mostWaitingForStart most queued requests while no worker is up: each holds a thread of
  ///   its caller, of which there are few
  EspeakWorkers(int count, int mostWaitingForStart, EspeakServices services, Failures failures) {
    this.mostWaitingForStart = mostWaitingForStart;
    for (int i = 0; i < count; i++) {
      workers.add(new EspeakWorker(services, queue, new WorkerEvents(failures)));
    }
  }

  private final class WorkerEvents implements EspeakWorker.Events {
    private final Failures failures;

    WorkerEvents(Failures failures) {
      this.failures = failures;
    }

    @Override
    public void failed(EspeakRequest request, boolean wasFresh, HelperFailure failure) {
      failures.failed(request, wasFresh, failure);
    }

    @Override
    public void backingOff() {
      answerWaiting();
    }
  }

  /// Starts all processes and waits until they are ready. When one does not become ready, all are
  /// ended.
  void startProcesses() throws HelperFailure {
    boolean ready = false;
    try {
      for (EspeakWorker worker : workers) {
        worker.launch();
      }
      for (EspeakWorker worker : workers) {
        worker.awaitReady();
      }
      ready = true;
    } finally {
      if (!ready) {
        workers.forEach(EspeakWorker::abandon);
      }
    }
  }

  /// Starts the threads, which start missing processes.
  void startThreads(ThreadFactory factory) {
    for (EspeakWorker worker : workers) {
      Thread thread = factory.newThread(worker);
      threads.add(thread);
      thread.start();
    }
  }

  /// Whether a worker serves the queue.
  boolean isUp() {
    return workers.stream().anyMatch(EspeakWorker::isUp);
  }

  /// Queues a request.
  ///
  /// @throws WorkerException when no worker will read it soon: `NO_CAPACITY` when they back off or
  ///   too many requests wait for a start, `INTERNAL` when no process can be started, `DRAINING`
  ///   after the end
  void submit(EspeakRequest request) {
    queue.add(request);
    Optional<WorkerException> refusal = refusal();
    if (refusal.isPresent() && queue.remove(request)) {
      throw refusal.get();
    }
  }

  /// Removes a request that no worker has begun.
  void withdraw(EspeakRequest request) {
    queue.remove(request);
  }

  int waiting() {
    return queue.size();
  }

  List<Process> processes() {
    return workers.stream().map(EspeakWorker::process).flatMap(Optional::stream).toList();
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
    for (EspeakWorker worker : workers) {
      refusal = worker.refusal();
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

  /// Ends the threads, each after its current text, and their processes. Queued requests fail with
  /// `DRAINING`. Returns when they have ended or the thread is interrupted.
  @Override
  public void close() {
    closed = true;
    workers.forEach(EspeakWorker::close);
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
