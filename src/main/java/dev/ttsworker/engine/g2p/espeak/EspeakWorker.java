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

/// One process with eSpeak NG after another, for one thread, which runs this. A process that fails
/// is replaced: at once, or after a rest when that happens often or it cannot be started.
final class EspeakWorker implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EspeakWorker.class);

  /// How often a process without work is looked after.
  private static final Duration CHECK = Duration.ofSeconds(1);

  /// What happens beside the ordinary. Called by the lane's thread.
  interface Events {
    /// A request has no answer, since its process failed.
    ///
    /// @param wasFresh whether the process had read nothing before this request
    void failed(EspeakRequest request, boolean wasFresh, HelperFailure failure);

    /// The lane rests from now on.
    void resting();
  }

  private final EspeakServices tools;
  private final BlockingQueue<EspeakRequest> queue;
  private final Events events;
  private final RestartBackoff delay = new RestartBackoff();
  private volatile Optional<EspeakProcess> process = Optional.empty();
  private volatile boolean up;
  private volatile Optional<Rest> rest = Optional.empty();
  private volatile boolean closed;

  /// Why there is no process now.
  private record Rest(Duration length, ErrorCode code, String message) {}

  /// @param queue what waits to be read
  EspeakWorker(EspeakServices tools, BlockingQueue<EspeakRequest> queue, Events events) {
    this.tools = tools;
    this.queue = queue;
    this.events = events;
  }

  /// Whether a request would be read at once, or after those before it.
  boolean isUp() {
    return up;
  }

  /// Why no request can wait for this lane: it rests, or starts after a rest. Nothing when it reads
  /// or will soon. Whoever waits holds a thread that others need.
  Optional<WorkerException> refusal() {
    return rest.map(now -> new WorkerException(now.code(), now.message()));
  }

  Optional<Process> process() {
    return process.map(EspeakProcess::process);
  }

  /// Starts the first process, before the thread runs.
  void launch() throws HelperFailure {
    process = Optional.of(EspeakProcess.start(tools.launcher()));
  }

  /// Waits until the first process is ready, before the thread runs.
  void awaitReady() throws HelperFailure {
    process.orElseThrow().awaitReady(tools.startPatience());
    up = true;
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        if (up) {
          serveNext(process.orElseThrow());
        } else {
          startAgain();
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } finally {
      abandon();
    }
  }

  /// Ends the process, whatever it does; for when the thread does not run.
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
      request.read(current, tools.patience(), tools.unreadable());
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
    Duration wait = delay.afterFailure(tools.nanoTime().getAsLong());
    if (closed) {
      return;
    }
    log.warn("eSpeak NG's process {}; a new one starts in {} ms", reason(failure), wait.toMillis());
    if (!wait.isZero()) {
      rest(
          new Rest(
              wait,
              ErrorCode.NO_CAPACITY,
              "No capacity now: eSpeak NG rests after texts that ended it; try again in %d ms"
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

  private void rest(Rest now) {
    rest = Optional.of(now);
    events.resting();
  }

  private void startAgain() throws InterruptedException {
    if (rest.isPresent()) {
      tools.pause().pause(rest.get().length());
    }
    try {
      launch();
      if (!closed) {
        awaitReady();
        rest = Optional.empty();
      }
    } catch (HelperFailure e) {
      if (!closed) {
        Duration wait = delay.afterFailedStart(tools.nanoTime().getAsLong(), e.reason());
        log.warn("{}; another attempt in {} ms", e.getMessage(), wait.toMillis());
        if (!wait.isZero()) {
          rest(new Rest(wait, ErrorCode.INTERNAL, e.getMessage()));
        }
      }
    }
  }

  /// Ends the process when it does not read a text, else after that; the thread must be interrupted
  /// as well.
  @Override
  public void close() {
    closed = true;
    if (!up) {
      process.ifPresent(EspeakProcess::close);
    }
  }
}
