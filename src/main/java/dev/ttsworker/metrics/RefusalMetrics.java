package dev.ttsworker.metrics;

import dev.ttsworker.error.ErrorCode;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Set;

/// Counts what a limit or an access rule refused. Thread-safe.
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
        new MetricFactory(registry)
            .counter(
                "tts_refused_total",
                "Connections and calls that a limit or rule refused",
                "reason");
    for (Connection reason : Connection.values()) {
      refused.initLabelValues(label(reason));
    }
    REFUSALS.forEach(reason -> refused.initLabelValues(label(reason)));
  }

  /// Counts a call that failed, when it was for a limit or a rule.
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

  /// Why a connection was closed.
  public enum Connection {
    /// More than `limits.max_connections` would have been open.
    TOO_MANY_CONNECTIONS,
    /// More than `limits.max_connections_per_address` would have been open.
    TOO_MANY_FROM_ADDRESS,
    /// Too many connections had not shaken hands yet.
    TOO_MANY_HANDSHAKES,
    /// No HTTP/2 came in time.
    HANDSHAKE_TIMEOUT,
    /// No agreement on TLS: no certificate of the client, or no TLS at all.
    TLS_HANDSHAKE,
    /// A frame or headers that did not come whole in time, or held too much memory meanwhile.
    UNFINISHED_FRAME,
    /// Bytes that are not HTTP/2.
    PROTOCOL_ERROR,
    /// More pings than anybody needs.
    PING_FLOOD,
    /// More calls broken off than `limits.max_resets`.
    RESET_FLOOD,
    /// Another kind of frames too often.
    FRAME_FLOOD,
    /// No call for `limits.connection_idle_ms`.
    IDLE,
    /// More on the HTTP port than it takes, and all of them with a request in work.
    HTTP_TOO_MANY_CONNECTIONS,
    /// The same, from one address.
    HTTP_TOO_MANY_FROM_ADDRESS,
    /// On the HTTP port, closed for a new one since it had no request in work.
    HTTP_GAVE_WAY,
    /// On the HTTP port, a request that cannot be read or is larger than allowed.
    HTTP_MALFORMED_REQUEST,
    /// On the HTTP port, a request that did not come whole in time.
    HTTP_REQUEST_TIMEOUT,
    /// On the HTTP port, an answer that was not read in time.
    HTTP_ANSWER_TIMEOUT
  }
}
