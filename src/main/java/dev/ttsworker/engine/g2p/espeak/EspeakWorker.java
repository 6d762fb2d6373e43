package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.engine.g2p.espeak.HelperFailure.Reason;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Worker thread with one eSpeak NG process at a time. Restarts a process that fails: at once, or
/// with exponential back-off when that happens often or it cannot be started.
final class EspeakWorker implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EspeakWorker.class);

  /// Interval of the liveness check of an idle process.
  private static final Duration CHECK = Duration.ofSeconds(1);

  /// Callbacks on the worker's thread.
  interface Events {
    /// A request has no answer, since its process failed.
    ///
    /// @param wasFresh whether the process had read nothing before this request
    void failed(EspeakRequest request, boolean wasFresh, HelperFailure failure);

    /// The worker backs off from now on.
    void backingOff();
  }

  private final EspeakServices services;
  private final BlockingQueue<EspeakRequest> queue;
  private final Events events;
  private final RestartBackoff delay = new RestartBackoff();
  private volatile Optional<EspeakProcess> process = Optional.empty();
  private volatile boolean up;
  private volatile Optional<Outage> outage = Optional.empty();
  private volatile boolean closed;

  /// Reason that there is no process now.
  private record Outage(Duration length, ErrorCode code, String message) {}

  /// @param queue pending requests
  EspeakWorker(EspeakServices services, BlockingQueue<EspeakRequest> queue, Events events) {
    this.services = services;
    this.queue = queue;
    this.events = events;
  }

  /// Whether it serves its queue.
  boolean isUp() {
    return up;
  }

  /// The reason to refuse requests: the worker backs off, or starts after that. Empty when it
  /// serves its queue or will soon. Waiting callers hold threads that others need.
  Optional<WorkerException> refusal() {
    return outage.map(now -> new WorkerException(now.code(), now.message()));
  }

  Optional<Process> process() {
    return process.map(EspeakProcess::process);
  }

  /// Starts the first process, before the thread runs.
  void launch() throws HelperFailure {
    process = Optional.of(EspeakProcess.start(services.launcher()));
  }

  /// Waits until the first process is ready, before the thread runs.
  void awaitReady() throws HelperFailure {
    process.orElseThrow().awaitReady(services.startPatience());
    up = true;
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        if (up) {
          serveNext(process.orElseThrow());
        } else {
          restart();
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } finally {
      abandon();
    }
  }

  /// Ends the process, whatever its state; for when the thread does not run.
  void abandon() {
    up = false;
    process.ifPresent(EspeakProcess::close);
  }

  private void serveNext(EspeakProcess current) throws InterruptedException {
    EspeakRequest request = queue.poll(CHECK.toMillis(), TimeUnit.MILLISECONDS);
    if (!current.isUsable()) {
      HelperFailure failure = new HelperFailure(Reason.KILLED, "ended while it had nothing to do");
      replace(current, failure);
      if (request != null) {
        events.failed(request, false, failure);
      }
    } else if (request != null) {
      serve(request, current);
    }
  }

  private void serve(EspeakRequest request, EspeakProcess current) {
    boolean fresh = current.isFresh();
    try {
      request.read(current, services.patience(), services.unreadable());
    } catch (HelperFailure e) {
      replace(current, e);
      events.failed(request, fresh, e);
    } catch (RuntimeException | Error e) {
      // The caller waits for an answer, and the thread goes on for the next.
      request.fail(e);
    }
  }

  private void replace(EspeakProcess failed, HelperFailure failure) {
    failed.close();
    up = false;
    Duration wait = delay.afterFailure(services.nanoTime().getAsLong());
    if (closed) {
      return;
    }
    LOG.warn("eSpeak NG's process {}; a new one starts in {} ms", reason(failure), wait.toMillis());
    if (!wait.isZero()) {
      backOff(
          new Outage(
              wait,
              ErrorCode.NO_CAPACITY,
              "No capacity now: eSpeak NG restarts after texts that ended it; try again in %d ms"
                  .formatted(wait.toMillis())));
    }
  }

  private static String reason(HelperFailure failure) {
    return switch (failure.reason()) {
      case ENDED, KILLED, NOT_STARTED -> failure.getMessage();
      case LATE -> "hangs: " + failure.getMessage();
      case PROTOCOL -> "broke the protocol: " + failure.getMessage();
    };
  }

  private void backOff(Outage now) {
    outage = Optional.of(now);
    events.backingOff();
  }

  private void restart() throws InterruptedException {
    if (outage.isPresent()) {
      services.pause().pause(outage.get().length());
    }
    try {
      launch();
      if (!closed) {
        awaitReady();
        outage = Optional.empty();
      }
    } catch (HelperFailure e) {
      if (!closed) {
        Duration wait = delay.afterFailedStart(services.nanoTime().getAsLong(), e.reason());
        LOG.warn("{}; another attempt in {} ms", e.getMessage(), wait.toMillis());
        if (!wait.isZero()) {
          backOff(new Outage(wait, ErrorCode.INTERNAL, e.getMessage()));
        }
      }
    }
  }

  /// Ends the process when it reads no text, else after that; the thread must be interrupted as
  /// well.
  @Override
  public void close() {
    closed = true;
    if (!up) {
      process.ifPresent(EspeakProcess::close);
    }
  }
}
