package dev.ttsworker.voices;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// Eviction policy (LRU, TTL): which models leave memory. Pure; models that are needed (in use,
/// referenced, default, preloaded or the fallback that serves) never do.
///
/// @param residentCap most models in memory; room is made at once, however new a model is
/// @param timeToLive idle time after which a model leaves; zero for never
/// @param minResidency time that idleness alone does not end
record EvictionPolicy(int residentCap, Duration timeToLive, Duration minResidency) {

  /// One model in memory.
  ///
  /// @param needed whether it must stay
  /// @param idle time since its last use
  /// @param resident time since it was loaded
  record Candidate(String modelId, boolean needed, Duration idle, Duration resident) {}

  /// The least recently used models above the cap, as far as they may leave.
  List<String> overCap(List<Candidate> residents) {
    return residents.stream()
        .filter(candidate -> !candidate.needed())
        .sorted(Comparator.comparing(Candidate::idle).reversed().thenComparing(Candidate::modelId))
        .limit(Math.max(0, residents.size() - residentCap))
        .map(Candidate::modelId)
        .toList();
  }

  /// The models that nobody used for too long.
  List<String> idle(List<Candidate> residents) {
    if (timeToLive.isZero()) {
      return List.of();
    }
    return residents.stream()
        .filter(candidate -> !candidate.needed())
        .filter(candidate -> candidate.idle().compareTo(timeToLive) >= 0)
        .filter(candidate -> candidate.resident().compareTo(minResidency) >= 0)
        .map(Candidate::modelId)
        .toList();
  }
}
