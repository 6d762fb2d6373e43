package dev.ttsworker.voices;

import dev.ttsworker.voices.EvictionPolicy.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The cache's slots by model id, and which of them are pinned. Guarded by the lock of
/// [VoiceCache]. Voices that lose their place are added to a list `leaving`, for the caller to
/// free.
final class Slots {
  private final EvictionPolicy policy;
  private final Map<String, Slot> slots = new TreeMap<>();
  private Set<String> serving = Set.of();
  private Set<String> preloaded = Set.of();

  Slots(EvictionPolicy policy) {
    this.policy = policy;
  }

  /// The slot of an id, a new one when it is asked for the first time.
  Slot of(String modelId) {
    return slots.computeIfAbsent(modelId, id -> new Slot());
  }

  Collection<Slot> all() {
    return slots.values();
  }

  void protect(Set<String> servingIds, Set<String> preloadedIds) {
    serving = Set.copyOf(servingIds);
    preloaded = Set.copyOf(preloadedIds);
  }

  boolean isServing(String modelId) {
    return serving.contains(modelId);
  }

  /// Takes the voice out of its slot, so that nobody new gets it.
  void retire(Slot slot, boolean byEviction, List<CachedVoice> leaving) {
    slot.current.ifPresent(resident -> {
      resident.retire(byEviction);
      leaving.add(resident);
    });
    slot.current = Optional.empty();
    slot.leavesWhenFree = false;
  }

  void evictOverCap(long nowNanos, List<CachedVoice> leaving) {
    policy.overCap(candidates(nowNanos)).forEach(id -> retire(of(id), true, leaving));
  }

  void evictIdle(long nowNanos, List<CachedVoice> leaving) {
    policy.idle(candidates(nowNanos)).forEach(id -> retire(of(id), true, leaving));
  }

  Map<String, SlotView> views(long nowNanos) {
    Map<String, SlotView> views = new TreeMap<>();
    slots.forEach((id, slot) -> views.put(id, SlotView.of(slot, nowNanos)));
    return views;
  }

  private List<Candidate> candidates(long nowNanos) {
    List<Candidate> candidates = new ArrayList<>();
    slots.forEach((id, slot) -> {
      boolean needed = slot.isReferenced() || serving.contains(id) || preloaded.contains(id);
      slot.current.ifPresent(resident -> candidates.add(candidate(id, needed, resident, nowNanos)));
    });
    return candidates;
  }

  private static Candidate candidate(
      String modelId, boolean needed, CachedVoice resident, long nowNanos) {
    return new Candidate(
        modelId,
        needed,
        Duration.ofNanos(resident.idleNanos(nowNanos)),
        Duration.ofNanos(resident.residentNanos(nowNanos)));
  }
}
