package dev.ttsworker.metrics;

import dev.ttsworker.error.ErrorCode;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Set;

/// Counter of connections and calls refused by a limit or an access rule. Thread-safe.
public final class RefusalMetrics {
  private static final Set<ErrorCode> REFUSALS =
      Set.of(
          ErrorCode.MESSAGE_TOO_LARGE,
          ErrorCode.METADATA_TOO_LARGE,
          ErrorCode.MALFORMED_REQUEST,
          ErrorCode.TEXT_TOO_LONG,
          ErrorCode.NO_CAPACITY,
          ErrorCode.BUDGET_EXCEEDED,
          ErrorCode.UNAUTHENTICATED);

  private final Counter refused;

  public RefusalMetrics(PrometheusRegistry registry) {
    refused =
        new MetricFactory(registry, false)
            .counter(
                "tts_refused_total",
                "Connections and calls that a limit or rule refused",
                "reason");
    for (Connection reason : Connection.values()) {
      refused.initLabelValues(label(reason));
    }
    REFUSALS.forEach(reason -> refused.initLabelValues(label(reason)));
  }

  /// Counts a failed call if a limit or rule refused it.
  public void call(ErrorCode reason) {
    if (REFUSALS.contains(reason)) {
      refused.labelValues(label(reason)).inc();
    }
  }

  public void connection(Connection reason) {
    refused.labelValues(label(reason)).inc();
  }

  private static String label(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  /// Reason for closing a connection.
  public enum Connection {
    /// More than `limits.max_connections` would have been open.
    TOO_MANY_CONNECTIONS,
    /// More than `limits.max_connections_per_address` would have been open.
    TOO_MANY_FROM_ADDRESS,
    /// Too many connections were in their handshakes.
    TOO_MANY_HANDSHAKES,
    /// No HTTP/2 preface in time.
    HANDSHAKE_TIMEOUT,
    /// TLS handshake failed: no client certificate, or no TLS at all.
    TLS_HANDSHAKE,
    /// A frame or header block was not complete in time, or exceeded the memory budget.
    UNFINISHED_FRAME,
    /// Bytes that are not HTTP/2.
    PROTOCOL_ERROR,
    /// Too many pings.
    PING_FLOOD,
    /// More resets of calls than `limits.max_resets`.
    RESET_FLOOD,
    /// Too many frames of another kind.
    FRAME_FLOOD,
    /// No call for `limits.connection_idle_ms`.
    IDLE,
    /// HTTP port: over the connection limit, with a request in progress on every connection.
    HTTP_TOO_MANY_CONNECTIONS,
    /// The same, for one address.
    HTTP_TOO_MANY_FROM_ADDRESS,
    /// HTTP port: evicted for a new connection while it had no request in progress.
    HTTP_GAVE_WAY,
    /// HTTP port: a malformed or too large request.
    HTTP_MALFORMED_REQUEST,
    /// HTTP port: a request was not complete in time.
    HTTP_REQUEST_TIMEOUT,
    /// HTTP port: a response was not read in time.
    HTTP_ANSWER_TIMEOUT,
    /// Wyoming's port: over the connection limit, with something in progress on every connection.
    WYOMING_TOO_MANY_CONNECTIONS,
    /// The same, for one address.
    WYOMING_TOO_MANY_FROM_ADDRESS,
    /// Wyoming's port: evicted for a new connection while it had nothing in progress.
    WYOMING_GAVE_WAY,
    /// Wyoming's port: a malformed or too large event.
    WYOMING_MALFORMED_EVENT,
    /// Wyoming's port: an event was not complete in time.
    WYOMING_EVENT_TIMEOUT,
    /// Wyoming's port: audio was not read in time.
    WYOMING_READER_TIMEOUT
  }
}
