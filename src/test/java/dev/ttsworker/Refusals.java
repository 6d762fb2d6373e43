package dev.ttsworker;

import dev.ttsworker.fixture.Polling;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;

/// What a worker counted as refused.
final class Refusals {
  private Refusals() {}

  static double count(TestWorker worker, String reason) {
    return worker.worker.registry().scrape().stream()
        .filter(metric -> metric.getMetadata().getName().equals("tts_refused"))
        .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
        .filter(point -> reason.equals(point.getLabels().get("reason")))
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .findFirst()
        .orElseThrow();
  }

  /// Waits until so many were counted.
  static void await(TestWorker worker, String reason, double atLeast) {
    while (count(worker, reason) < atLeast) {
      Polling.pause();
    }
  }
}
