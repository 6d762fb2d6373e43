package dev.ttsworker.tracing.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.TelemetrySettings;
import dev.ttsworker.tracing.CallEvent;
import dev.ttsworker.tracing.CallTimeline;
import dev.ttsworker.tracing.CallTrace;
import dev.ttsworker.tracing.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OtlpTracerTest {
  private static final TraceContext CALLER =
      new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
  private static final long MILLI = 1_000_000;

  private final InMemorySpanExporter exported = InMemorySpanExporter.create();
  private final OtlpTracer tracer = tracer(1);

  private OtlpTracer tracer(double ratio) {
    return OtlpTracer.open(
        new TelemetrySettings(Optional.empty(), "voices", ratio),
        SimpleSpanProcessor.create(exported),
        "worker-3",
        "1.0",
        () -> 0);
  }

  @AfterEach
  void close() {
    tracer.close();
  }

  private static CallTimeline spoken() {
    CallTimeline timeline = new CallTimeline(0);
    timeline.mark(CallEvent.FIRST_TEXT, 10 * MILLI);
    timeline.mark(CallEvent.TEXT_READ, 12 * MILLI);
    timeline.mark(CallEvent.ADMITTED, 15 * MILLI);
    timeline.mark(CallEvent.FIRST_WINDOW, 40 * MILLI);
    timeline.mark(CallEvent.FIRST_FRAME, 41 * MILLI);
    timeline.mark(CallEvent.ENDED, 900 * MILLI);
    return timeline;
  }

  private static CallTrace.Summary summary(String outcome, boolean failed) {
    return new CallTrace.Summary("session", "voice", "tts", outcome, failed, 44);
  }

  @Test
  void phasesOfACallAreSpansOfItsCallersTrace() {
    CallTrace trace = tracer.begin(Optional.of(CALLER), 0);
    assertEquals(Optional.of(CALLER.traceId()), trace.traceId());
    assertEquals(trace.traceId(), trace.recordedId());
    trace.end(spoken(), summary("completed", false));
    assertEquals(trace.traceId(), trace.recordedId(), "also afterwards");
    List<SpanData> spans = exported.getFinishedSpanItems();
    assertEquals(
        List.of(
            "text 2", "queue 3", "first window 25", "first frame 1", "end 859", "synthesize 900"),
        spans.stream().map(OtlpTracerTest::lengthOf).toList());
    SpanData call = spans.getLast();
    assertEquals(CALLER.spanId(), call.getParentSpanId());
    assertEquals("voice", call.getAttributes().get(AttributeKey.stringKey("tts.model_id")));
    assertEquals(44, call.getAttributes().get(AttributeKey.longKey("tts.frames")));
    assertEquals(
        "worker-3", call.getResource().getAttribute(AttributeKey.stringKey("service.instance.id")));
    for (SpanData phase : spans.subList(0, 5)) {
      assertEquals(CALLER.traceId(), phase.getTraceId());
      assertEquals(call.getSpanId(), phase.getParentSpanId());
    }
  }

  private static String lengthOf(SpanData span) {
    return span.getName() + " " + (span.getEndEpochNanos() - span.getStartEpochNanos()) / MILLI;
  }

  @Test
  void refusedCallHasAnErrorAndNoPhasesThatNeverWere() {
    CallTimeline timeline = new CallTimeline(0);
    timeline.mark(CallEvent.TEXT_READ, 5 * MILLI);
    timeline.mark(CallEvent.ENDED, 7 * MILLI);
    CallTrace trace = tracer.begin(Optional.empty(), 0);
    assertTrue(trace.recordedId().isPresent());
    trace.end(timeline, summary("refused", true));
    List<SpanData> spans = exported.getFinishedSpanItems();
    assertEquals(
        List.of("text 5", "end 2", "synthesize 7"),
        spans.stream().map(OtlpTracerTest::lengthOf).toList());
    assertEquals(StatusCode.ERROR, spans.getLast().getStatus().getStatusCode());
  }

  /// The caller decides where there is one, else the share that is configured.
  @Test
  void whatIsNotSampledIsNotExported() {
    CallTrace unsampled =
        tracer.begin(Optional.of(new TraceContext(CALLER.traceId(), CALLER.spanId(), false)), 0);
    assertEquals(Optional.empty(), unsampled.recordedId());
    assertEquals(Optional.of(CALLER.traceId()), unsampled.traceId());
    unsampled.end(spoken(), summary("completed", false));
    OtlpTracer none = tracer(0);
    none.begin(Optional.empty(), 0).end(spoken(), summary("completed", false));
    assertEquals(List.of(), exported.getFinishedSpanItems());
    none.begin(Optional.of(CALLER), 0).end(spoken(), summary("completed", false));
    assertEquals(6, exported.getFinishedSpanItems().size());
    none.close();
  }

  @Test
  void endpointWithoutAPathMeansThatOfTraces() {
    for (String given : List.of("http://c:4318", "http://c:4318/", "http://c:4318/v1/traces")) {
      assertEquals("http://c:4318/v1/traces", OtlpTracer.traces(URI.create(given)));
    }
    assertEquals("https://c/otlp/v1/traces", OtlpTracer.traces(URI.create("https://c/otlp")));
  }
}
