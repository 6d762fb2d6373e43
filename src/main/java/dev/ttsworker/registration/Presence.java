package dev.ttsworker.registration;

import java.util.List;
import java.util.Map;

/// Variable part of a worker's record.
///
/// @param residentModels ids in memory
/// @param metrics names to finite numbers, `queue_depth` and `rtf` among them
public record Presence(List<String> residentModels, Map<String, Double> metrics) {
  public Presence {
    residentModels = List.copyOf(residentModels);
    metrics = Map.copyOf(metrics);
    metrics.forEach((name, value) -> {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("metric " + name + " is not a number: " + value);
      }
    });
  }
}
