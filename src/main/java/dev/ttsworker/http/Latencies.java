package dev.ttsworker.http;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reader of the latency histograms that the page shows.
final class Latencies {
  private static final List<String> SHOWN =
      List.of(
          "tts_first_audio_latency_seconds",
          "tts_first_audible_latency_seconds",
          "tts_control_latency_seconds");

  private final PrometheusRegistry registry;

  Latencies(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /// One histogram summed over its labels.
  ///
  /// @param boundsSeconds upper bounds of all buckets but the last, which has none
  /// @param counts of each bucket
  record Latency(String name, String help, List<Double> boundsSeconds, List<Long> counts) {}

  List<Latency> now() {
    List<Latency> latencies = new ArrayList<>();
    for (String name : SHOWN) {
      for (MetricSnapshot metric : registry.scrape(name::equals)) {
        if (metric instanceof HistogramSnapshot histogram) {
          latencies.add(sum(name, histogram));
        }
      }
    }
    return latencies;
  }

  private static Latency sum(String name, HistogramSnapshot histogram) {
    Map<Double, Long> counts = new TreeMap<>();
    for (var point : histogram.getDataPoints()) {
      for (ClassicHistogramBucket bucket : point.getClassicBuckets()) {
        counts.merge(bucket.getUpperBound(), bucket.getCount(), Long::sum);
      }
    }
    return new Latency(
        name,
        String.valueOf(histogram.getMetadata().getHelp()),
        counts.keySet().stream().filter(bound -> !bound.isInfinite()).toList(),
        List.copyOf(counts.values()));
  }
}
