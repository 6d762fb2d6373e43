package dev.ttsworker.tracing.otlp;

import dev.ttsworker.config.TelemetrySettings;
import dev.ttsworker.tracing.CallTrace;
import dev.ttsworker.tracing.TraceContext;
import dev.ttsworker.tracing.Tracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Tracer that exports spans over OTLP (HTTP, protobuf), in the background. A collector that cannot
/// be reached costs spans, not calls.
public final class OtlpTracer implements Tracer {
  private static final String NAME = "dev.ttsworker";
  private static final String TRACES = "/v1/traces";
  private static final int CLOSING_SECONDS = 1;

  private final SdkTracerProvider provider;
  private final io.opentelemetry.api.trace.Tracer tracer;
  private final LongSupplier nanoTime;

  private OtlpTracer(SdkTracerProvider provider, LongSupplier nanoTime) {
    this.provider = provider;
    this.tracer = provider.get(NAME);
    this.nanoTime = nanoTime;
  }

  /// Opens a tracer; nothing is sent before the first call has ended.
  ///
  /// @param endpoint of the collector
  /// @param instance name of this worker
  /// @param nanoTime clock of the calls' timelines
  public static OtlpTracer open(
      TelemetrySettings settings,
      URI endpoint,
      String instance,
      String version,
      LongSupplier nanoTime) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(traces(endpoint)).build();
    return open(
        settings, BatchSpanProcessor.builder(exporter).build(), instance, version, nanoTime);
  }

  static OtlpTracer open(
      TelemetrySettings settings,
      SpanProcessor processor,
      String instance,
      String version,
      LongSupplier nanoTime) {
    Resource resource =
        Resource.builder()
            .put(AttributeKey.stringKey("service.name"), settings.serviceName())
            .put(AttributeKey.stringKey("service.instance.id"), instance)
            .put(AttributeKey.stringKey("service.version"), version)
            .build();
    return new OtlpTracer(
        SdkTracerProvider.builder()
            .setResource(resource)
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampleRatio())))
            .addSpanProcessor(processor)
            .build(),
        nanoTime);
  }

  /// As the standard's environment variable has it: without a path, that of traces is meant.
  static String traces(URI endpoint) {
    String path = Optional.ofNullable(endpoint.getRawPath()).orElse("");
    String given = endpoint.toString();
    if (path.endsWith(TRACES)) {
      return given;
    }
    return (given.endsWith("/") ? given.substring(0, given.length() - 1) : given) + TRACES;
  }

  @Override
  public CallTrace begin(Optional<TraceContext> parent, long nowNanos) {
    WallClock clock = WallClock.of(nanoTime);
    Span span =
        tracer
            .spanBuilder("synthesize")
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent.map(OtlpTracer::remote).orElse(Context.root()))
            .setStartTimestamp(clock.epochNanos(nowNanos), TimeUnit.NANOSECONDS)
            .startSpan();
    return new OtlpCallTrace(tracer, span, clock);
  }

  private static Context remote(TraceContext sent) {
    TraceFlags flags = sent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
    SpanContext span =
        SpanContext.createFromRemoteParent(
            sent.traceId(), sent.spanId(), flags, TraceState.getDefault());
    return Context.root().with(Span.wrap(span));
  }

  @Override
  public void close() {
    var _ = provider.shutdown().join(CLOSING_SECONDS, TimeUnit.SECONDS);
  }
}
