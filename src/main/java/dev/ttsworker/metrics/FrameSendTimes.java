package dev.ttsworker.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/// Histogram for a per-frame event: in contrast to the Prometheus client's own, it allocates
/// nothing per observation. Thread-safe.
final class FrameSendTimes implements Collector {
  private static final String NAME = "tts_frame_send_duration_seconds";

  private final double[] upperSeconds;
  private final LongAdder[] counts;
  private final LongAdder nanos = new LongAdder();

  /// @param boundsSeconds upper bounds of all buckets but the last, ascending
  FrameSendTimes(double[] boundsSeconds) {
    int bounded = boundsSeconds.length;
    upperSeconds = Arrays.copyOf(boundsSeconds, bounded + 1);
    upperSeconds[bounded] = Double.POSITIVE_INFINITY;
    counts = new LongAdder[bounded + 1];
    for (int i = 0; i <= bounded; i++) {
      counts[i] = new LongAdder();
    }
  }

  void observe(long tookNanos) {
    double seconds = Seconds.of(tookNanos);
    int bucket = 0;
    while (seconds > upperSeconds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    nanos.add(tookNanos);
  }

  @Override
  public MetricSnapshot collect() {
    long[] seen = new long[counts.length];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = counts[i].sum();
    }
    return HistogramSnapshot.builder()
        .name(NAME)
        .help("Handing one frame over to the transport")
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(upperSeconds, seen))
                .sum(Seconds.of(nanos.sum()))
                .build())
        .build();
  }
}
