package dev.ttsworker.bench.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Ring hash: a conversation always goes to the same worker, as long as that is there; a refused
/// call to the next one on the ring.
final class RingHash implements Balancer {
  /// Of each worker on the ring.
  private static final int POINTS = 100;

  private List<ModelWorker> known = List.of();
  private long[] ring = {};
  private final Map<Long, ModelWorker> owners = new HashMap<>();

  @Override
  public ModelWorker pick(
      List<ModelWorker> workers, Predicate<ModelWorker> allowed, long conversation) {
    if (!workers.equals(known)) {
      build(workers);
    }
    int found = Arrays.binarySearch(ring, mix(conversation));
    int place = found < 0 ? -found - 1 : found;
    ModelWorker picked;
    do {
      picked = owner(ring[place % ring.length]);
      place++;
    } while (!allowed.test(picked));
    return picked;
  }

  private void build(List<ModelWorker> workers) {
    known = workers;
    owners.clear();
    for (ModelWorker worker : workers) {
      for (int point = 0; point < POINTS; point++) {
        owners.put(mix(mix(worker.number() + 1L) + point), worker);
      }
    }
    ring = owners.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private ModelWorker owner(long point) {
    ModelWorker owner = owners.get(point);
    if (owner == null) {
      throw new IllegalStateException("no worker at " + point);
    }
    return owner;
  }

  /// The finalizer of SplitMix64: bits of near numbers differ.
  private static long mix(long value) {
    long mixed = value * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
