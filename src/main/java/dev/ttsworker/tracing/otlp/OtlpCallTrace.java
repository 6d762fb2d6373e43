package dev.ttsworker.tracing.otlp;

import dev.ttsworker.tracing.CallEvent;
import dev.ttsworker.tracing.CallTimeline;
import dev.ttsworker.tracing.CallTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// Trace of one call as a span, with a child for each of its phases, made when the call has ended.
final class OtlpCallTrace implements CallTrace {
  /// Phases, each until an event; it begins where the one before ended.
  private static final List<Phase> PHASES =
      List.of(
          new Phase("text", CallEvent.TEXT_READ),
          new Phase("queue", CallEvent.ADMITTED),
          new Phase("first window", CallEvent.FIRST_WINDOW),
          new Phase("first frame", CallEvent.FIRST_FRAME),
          new Phase("end", CallEvent.ENDED));

  private record Phase(String name, CallEvent until) {}

  private final Tracer tracer;
  private final Span span;
  private final WallClock clock;
  private final boolean recorded;

  OtlpCallTrace(Tracer tracer, Span span, WallClock clock) {
    this.tracer = tracer;
    this.span = span;
    this.clock = clock;
    this.recorded = span.isRecording();
  }

  @Override
  public Optional<String> traceId() {
    return Optional.of(span.getSpanContext().getTraceId());
  }

  @Override
  public Optional<String> recordedId() {
    return traceId().filter(_ -> recorded);
  }

  @Override
  public void end(CallTimeline timeline, Summary summary) {
    if (recorded) {
      span.setAttribute("session.id", summary.sessionId())
          .setAttribute("tts.model_id", summary.modelId())
          .setAttribute("tts.protocol", summary.protocol())
          .setAttribute("tts.outcome", summary.outcome())
          .setAttribute("tts.frames", summary.frames());
      if (summary.failed()) {
        span.setStatus(StatusCode.ERROR, summary.outcome());
      }
      addPhases(timeline);
    }
    span.end(epoch(timeline.nanos(CallEvent.ENDED).orElseThrow()), TimeUnit.NANOSECONDS);
  }

  private void addPhases(CallTimeline timeline) {
    Context parent = Context.root().with(span);
    long from =
        timeline.nanos(CallEvent.FIRST_TEXT).orElse(timeline.nanos(CallEvent.OPENED).orElseThrow());
    for (Phase phase : PHASES) {
      OptionalLong until = timeline.nanos(phase.until());
      if (until.isPresent()) {
        tracer
            .spanBuilder(phase.name())
            .setParent(parent)
            .setStartTimestamp(epoch(from), TimeUnit.NANOSECONDS)
            .startSpan()
            .end(epoch(until.getAsLong()), TimeUnit.NANOSECONDS);
        from = until.getAsLong();
      }
    }
  }

  private long epoch(long nanos) {
    return clock.epochNanos(nanos);
  }
}
