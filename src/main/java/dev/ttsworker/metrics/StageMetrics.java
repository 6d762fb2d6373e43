package dev.ttsworker.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// How long each stage of speech takes, every label looked up before. Thread-safe.
public final class StageMetrics {
  private final Map<Stage, DistributionDataPoint> points = new EnumMap<>(Stage.class);

  StageMetrics(MetricFactory latency) {
    Histogram seconds =
        latency.durations("tts_stage_seconds", "One run of a stage of speech", "stage");
    for (Stage stage : Stage.values()) {
      points.put(stage, seconds.labelValues(stage.label()));
    }
  }

  /// Adds one run of a stage.
  public void took(Stage stage, long nanos) {
    point(stage).observe(Seconds.of(nanos));
  }

  DistributionDataPoint point(Stage stage) {
    return Objects.requireNonNull(points.get(stage));
  }
}
