package dev.ttsworker.tracing;

import java.util.Optional;
import org.slf4j.MDC;

/// Trace of one call.
public interface CallTrace {
  /// What is said of a call that has ended.
  ///
  /// @param modelId of its voice
  /// @param protocol by which it came, such as `tts`
  /// @param outcome such as `completed`
  /// @param failed whether it failed or was refused
  /// @param frames of 20 ms that left
  record Summary(
      String sessionId,
      String modelId,
      String protocol,
      String outcome,
      boolean failed,
      long frames) {}

  /// The trace it belongs to; empty when there is none.
  Optional<String> traceId();

  /// The same, where the trace is recorded: what is exported names only those.
  default Optional<String> recordedId() {
    return Optional.empty();
  }

  /// Ends the trace; to be called once.
  void end(CallTimeline timeline, Summary summary);

  /// Runs the work of the call; its log lines name the trace.
  default void run(Runnable work) {
    if (traceId().isEmpty()) {
      work.run();
      return;
    }
    try (MDC.MDCCloseable _ = MDC.putCloseable(TraceContext.LOG_FIELD, traceId().get())) {
      work.run();
    }
  }
}
