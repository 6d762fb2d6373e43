package dev.ttsworker.config.reader;

import dev.ttsworker.config.MetricsSettings;
import dev.ttsworker.config.value.ScalarType;
import java.util.List;

/// The keys of `metrics`.
final class MetricsKeys {
  static final Key<Boolean> ENABLED =
      Key.of("metrics.enabled", ScalarType.flag(), true, c -> c.metrics().enabled())
          .variables("METRICS_ENABLED");

  static final Key<String> HOST =
      Key.of("metrics.host", WorkerKeys.HOST_TYPE, "0.0.0.0", c -> c.metrics().host())
          .variables("METRICS_HOST");

  static final Key<Integer> PROMETHEUS_PORT =
      Key.of("metrics.prometheus_port", ScalarType.port(), 9090, c -> c.metrics().prometheusPort())
          .variables("METRICS_PORT");

  static final Key<Boolean> PAGE =
      Key.of("metrics.page", ScalarType.flag(), true, c -> c.metrics().page());

  static final Key<Boolean> TRACK_LATENCY =
      Key.of("metrics.track_latency", ScalarType.flag(), true, c -> c.metrics().trackLatency());

  static final Key<Boolean> TRACK_RTF =
      Key.of("metrics.track_rtf", ScalarType.flag(), true, c -> c.metrics().trackRtf());

  static final Key<Boolean> TRACK_QUEUE_DEPTH =
      Key.of(
          "metrics.track_queue_depth", ScalarType.flag(), true, c -> c.metrics().trackQueueDepth());

  static final List<Key<?>> ALL =
      List.of(ENABLED, HOST, PROMETHEUS_PORT, PAGE, TRACK_LATENCY, TRACK_RTF, TRACK_QUEUE_DEPTH);

  private MetricsKeys() {}

  static MetricsSettings read(Sources sources) {
    return new MetricsSettings(
        sources.get(ENABLED),
        sources.get(HOST),
        sources.get(PROMETHEUS_PORT),
        sources.get(PAGE),
        sources.get(TRACK_LATENCY),
        sources.get(TRACK_RTF),
        sources.get(TRACK_QUEUE_DEPTH));
  }
}
