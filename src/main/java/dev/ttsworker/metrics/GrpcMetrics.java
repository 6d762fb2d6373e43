package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.List;

/// Calls on the wire, of every method. Thread-safe.
public final class GrpcMetrics {
  /// Codes that say that the worker failed, not its caller.
  static final List<String> FAULTS = List.of("INTERNAL", "UNKNOWN", "DATA_LOSS");

  private static final String OK = "OK";

  private final Counter requests;
  private final Counter errors;
  private final Histogram seconds;

  GrpcMetrics(MetricFactory make) {
    requests = make.counter("tts_grpc_requests_total", "Calls that ended", "method");
    errors =
        make.counter(
            "tts_grpc_request_errors_total",
            "Calls that ended with another status than OK",
            "method",
            "code");
    seconds =
        make.durations(
            "tts_grpc_request_duration_seconds",
            "From the first byte of a call to its status",
            "method");
  }

  /// Shows these methods with no calls and no faults, so that a rate sees the first of each.
  public void expect(Iterable<String> methods) {
    for (String method : methods) {
      requests.initLabelValues(method);
      FAULTS.forEach(code -> errors.initLabelValues(method, code));
    }
  }

  /// Counts a call.
  ///
  /// @param code name of the status the call ended with, `OK` when it ended well
  public void ended(String method, String code, Duration took) {
    requests.labelValues(method).inc();
    seconds.labelValues(method).observe(Seconds.of(took));
    if (!code.equals(OK)) {
      errors.labelValues(method, code).inc();
    }
  }
}
