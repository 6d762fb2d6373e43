package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.List;

/// Metrics of gRPC calls, per method. Thread-safe.
public final class GrpcMetrics {
  /// Status codes for faults of the worker rather than of its caller.
  static final List<String> FAULTS = List.of("INTERNAL", "UNKNOWN", "DATA_LOSS");

  private static final String OK = "OK";

  private final Counter requests;
  private final Counter errors;
  private final Histogram seconds;

  GrpcMetrics(MetricFactory factory) {
    requests = factory.counter("tts_grpc_requests_total", "Calls that ended", "method");
    errors =
        factory.counter(
            "tts_grpc_request_errors_total",
            "Calls that ended with another status than OK",
            "method",
            "code");
    seconds =
        factory.durations(
            "tts_grpc_request_duration_seconds",
            "From the first byte of a call to its status",
            "method");
  }

  /// Initializes these methods with zero calls and faults, so that a rate sees the first of each.
  public void initialize(Iterable<String> methods) {
    for (String method : methods) {
      requests.initLabelValues(method);
      FAULTS.forEach(code -> errors.initLabelValues(method, code));
    }
  }

  /// Counts a call.
  ///
  /// @param code status code, `OK` on success
  public void ended(String method, String code, Duration took) {
    requests.labelValues(method).inc();
    seconds.labelValues(method).observe(Seconds.of(took));
    if (!code.equals(OK)) {
      errors.labelValues(method, code).inc();
    }
  }
}
