package dev.ttsworker.session;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.tracing.CallTrace;
import dev.ttsworker.tracing.TraceContext;
import dev.ttsworker.tracing.Tracer;
import dev.ttsworker.voices.VoiceLease;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Factory of calls: opens a call on a session and registers it. Thread-safe.
final class CallFactory {
  private final LimitSettings limits;
  private final Duration maxWait;
  private final Duration maxPause;
  private final ByteBudget waitingText;
  private final CallRegistry calls;
  private final WorkerMetrics metrics;
  private final Tracer tracer;
  private final LongSupplier nanoTime;

  /// @param maxWait how long a sentence without an end mark waits for more text; zero: for ever
  CallFactory(
      LimitSettings limits,
      Duration maxWait,
      Duration maxPause,
      ByteBudget waitingText,
      CallRegistry calls,
      WorkerMetrics metrics,
      Tracer tracer,
      LongSupplier nanoTime) {
    this.limits = limits;
    this.maxWait = maxWait;
    this.maxPause = maxPause;
    this.waitingText = waitingText;
    this.calls = calls;
    this.metrics = metrics;
    this.tracer = tracer;
    this.nanoTime = nanoTime;
  }

  /// Opens a call; it is admitted once there is text to speak.
  ///
  /// @throws dev.ttsworker.error.WorkerException `SESSION_NOT_FOUND` when the session has ended,
  ///   `NO_CAPACITY`
  CallTask open(Session session, FrameReceiver receiver) {
    String modelId = session.lease().modelId();
    CallTrace trace = tracer.begin(TraceContext.present(), nanoTime.getAsLong());
    Call call =
        new Call(
            new CallText(limits, maxWait, waitingText, maxPieceChars(session.lease())),
            receiver,
            asking -> calls.admit(asking, modelId),
            new CallLimits(session.options().maxLead(), maxPause, session.options().format()),
            metrics.frames().ofCall(modelId, trace.recordedId()),
            nanoTime);
    CallTask opened =
        new CallTask(session, call, trace, calls::remove, metrics.synthesis(), nanoTime);
    calls.add(opened);
    if (!session.add(call, nanoTime.getAsLong())) {
      calls.remove(opened);
      throw SessionIds.notFound(session.id());
    }
    return opened;
  }

  /// Voices that count chunks get each chunk as it was sent; their work does not grow with its
  /// length.
  private static int maxPieceChars(VoiceLease lease) {
    return switch (lease.voice().description().input()) {
      case CHUNK -> Integer.MAX_VALUE;
      case SENTENCE -> TextEvent.Piece.LONGEST;
    };
  }
}
