package dev.ttsworker.tracing;

import java.util.Optional;

/// Tracer of calls. Thread-safe; no method may block.
public interface Tracer extends AutoCloseable {
  /// Records nothing; calls keep the trace of their caller, for the log.
  Tracer OFF = (parent, _) -> new Unrecorded(parent.map(TraceContext::traceId));

  /// Begins the trace of a call.
  ///
  /// @param parent what its caller sent
  CallTrace begin(Optional<TraceContext> parent, long nowNanos);

  /// Hands over what was recorded, as far as that takes no longer than a second.
  @Override
  default void close() {}

  /// Trace of a caller that this worker does not record.
  record Unrecorded(Optional<String> traceId) implements CallTrace {
    @Override
    public void end(CallTimeline timeline, Summary summary) {}
  }
}
