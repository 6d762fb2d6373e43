package dev.ttsworker.metrics;

import dev.ttsworker.engine.SynthesisStage;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Durations of the synthesis stages, with all labels resolved in advance. Thread-safe.
public final class StageMetrics {
  private final Map<SynthesisStage, DistributionDataPoint> points =
      new EnumMap<>(SynthesisStage.class);

  StageMetrics(MetricFactory latency) {
    Histogram seconds =
        latency.durations("tts_stage_seconds", "One run of a stage of speech", "stage");
    for (SynthesisStage stage : SynthesisStage.values()) {
      points.put(stage, seconds.labelValues(label(stage)));
    }
  }

  private static String label(SynthesisStage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  /// Adds one run of a stage.
  public void observe(SynthesisStage stage, long nanos) {
    point(stage).observe(Seconds.of(nanos));
  }

  DistributionDataPoint point(SynthesisStage stage) {
    return Objects.requireNonNull(points.get(stage));
  }
}
