package dev.ttsworker.session;

import dev.ttsworker.engine.PhraseReuse;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.CallOutcome;
import dev.ttsworker.metrics.SynthesisMetrics;
import dev.ttsworker.tracing.CallTrace;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Task that synthesizes one open call of a session; runs once.
public final class CallTask {
  private static final Logger LOG = LoggerFactory.getLogger(CallTask.class);

  private final Session session;
  private final Call call;
  private final CallTrace trace;
  private final Consumer<CallTask> onEnd;
  private final AtomicBoolean detached = new AtomicBoolean();
  private final SynthesisMetrics metrics;
  private final LongSupplier nanoTime;
  private final long openedNanos;

  CallTask(
      Session session,
      Call call,
      CallTrace trace,
      Consumer<CallTask> onEnd,
      SynthesisMetrics metrics,
      LongSupplier nanoTime) {
    this.session = session;
    this.call = call;
    this.trace = trace;
    this.onEnd = onEnd;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
    this.openedNanos = nanoTime.getAsLong();
  }

  public Call call() {
    return call;
  }

  /// The session's id: the caller's, or one of the worker's.
  public String sessionId() {
    return session.id();
  }

  /// Executes a command on this call alone. What had left of a stopped call is said with its final
  /// frame.
  public void control(CallCommand command) {
    switch (command) {
      case PAUSE -> call.pause();
      case RESUME -> call.resume();
      case STOP -> {
        Receipt _ = call.stop(CallEnd.STOPPED);
      }
    }
    // A caller may send thousands a second.
    LOG.atDebug().addKeyValue("session_id", session.id()).log("{} received on the stream", command);
  }

  String modelId() {
    return session.lease().modelId();
  }

  /// Whether it has ended without being spoken, by no will of its caller.
  boolean hasFailed() {
    return call.outcome()
        .filter(how -> how == CallOutcome.FAILED || how == CallOutcome.REFUSED)
        .isPresent();
  }

  Admission.Load load() {
    return new Admission.Load(modelId(), call.demand());
  }

  /// Time since the call was first admitted; empty when it never was.
  Optional<Duration> residence() {
    return call.admittedNanos().stream()
        .mapToObj(since -> Duration.ofNanos(nanoTime.getAsLong() - since))
        .findFirst();
  }

  CallSnapshot snapshot() {
    return new CallSnapshot(
        session.protocol(),
        modelId(),
        Duration.ofNanos(nanoTime.getAsLong() - openedNanos),
        call.phase(),
        Duration.ofNanos(call.leadNanos().orElse(0)));
  }

  /// Starts [#speak] on a thread of an executor; a call that it does not take is abandoned.
  ///
  /// @throws RuntimeException the executor's
  public void speakOn(Executor speakers) {
    try {
      speakers.execute(() -> trace.run(this::speak));
    } catch (Throwable e) {
      abandon(e);
      throw e;
    }
  }

  /// Synthesizes the call to its end on this thread. Any failure is reported to the receiver; the
  /// session is detached from the call afterwards.
  public void speak() {
    LOG.atInfo()
        .addKeyValue("session_id", session.id())
        .addKeyValue("model_id", modelId())
        .log("Synthesis started");
    SynthesisSummary summary = SynthesisSummary.NOTHING;
    try {
      summary = session.lease().voice().synthesize(request(), call, call, call.cancellationToken());
      call.complete();
    } catch (WorkerException e) {
      if (call.outcome().isEmpty()) {
        fail(e);
      }
    } catch (Throwable e) {
      abandon(e);
    } finally {
      detach();
      report(summary);
    }
  }

  /// Ends a call that cannot be synthesized with an `INTERNAL` failure; no effect on an ended call.
  public void abandon(Throwable failure) {
    fail(new WorkerException(ErrorCode.INTERNAL, "Synthesis failed: " + failure, failure));
    detach();
  }

  private void detach() {
    if (detached.compareAndSet(false, true)) {
      session.remove(call, nanoTime.getAsLong());
      onEnd.accept(this);
      endTrace();
    }
  }

  private void endTrace() {
    CallOutcome outcome = call.outcome().orElse(CallOutcome.FAILED);
    trace.end(
        call.timeline(),
        new CallTrace.Summary(
            session.id(),
            modelId(),
            session.protocol().label(),
            outcome.label(),
            hasFailed(),
            call.frames()));
  }

  private SynthesisRequest request() {
    SessionOptions options = session.options();
    long seed = options.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong());
    return new SynthesisRequest(
        options.voice(),
        seed,
        options.volumeDb(),
        options.text(),
        options.words(),
        reuse(options),
        options.format());
  }

  private void fail(WorkerException failure) {
    if (failure.code().kind() != ErrorCode.Kind.INTERNAL) {
      call.fail(failure);
      return;
    }
    String id = UUID.randomUUID().toString();
    LOG.atError()
        .addKeyValue("session_id", session.id())
        .addKeyValue("error_id", id)
        .setCause(failure)
        .log("Synthesis failed");
    call.fail(new WorkerException(failure.code(), "Synthesis failed; error id " + id, failure));
  }

  private void report(SynthesisSummary summary) {
    String modelId = modelId();
    CallOutcome outcome = call.outcome().orElse(CallOutcome.FAILED);
    Duration took = Duration.ofNanos(nanoTime.getAsLong() - openedNanos);
    if (outcome != CallOutcome.REFUSED) {
      // Refused calls are counted by the admission queue.
      metrics.ended(modelId, outcome, took, trace.recordedId());
    }
    metrics.protocolEnded(session.protocol().label(), outcome);
    if (summary.frames() > 0) {
      metrics.realTimeFactor(modelId, summary.realTimeFactor());
    }
    LOG.atInfo()
        .addKeyValue("session_id", session.id())
        .addKeyValue("model_id", modelId)
        .addKeyValue("outcome", outcome)
        .addKeyValue("frames", call.frames())
        .addKeyValue("rtf", Math.round(summary.realTimeFactor() * 1e4) / 1e4)
        .addKeyValue("ttfa_ms", call.firstAudio().map(Duration::toMillis).orElse(-1L))
        .log("Synthesis complete");
  }

  private static PhraseReuse reuse(SessionOptions options) {
    if (!options.cache()) {
      return PhraseReuse.NONE;
    }
    return options.seed().isPresent() ? PhraseReuse.SAME_SEED : PhraseReuse.ANY_SEED;
  }
}
