package dev.ttsworker.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Optional;

/// Distribution of durations of calls, which keeps the trace of a call as exemplar.
///
/// @param trace labels of the exemplar; empty when the call has no trace
record TracedDuration(DistributionDataPoint durations, Labels trace) {
  static TracedDuration of(DistributionDataPoint durations, Optional<String> traceId) {
    return new TracedDuration(
        durations, traceId.map(id -> Labels.of("trace_id", id)).orElse(Labels.EMPTY));
  }

  void observe(double seconds) {
    if (trace.isEmpty()) {
      durations.observe(seconds);
    } else {
      durations.observeWithExemplar(seconds, trace);
    }
  }
}
