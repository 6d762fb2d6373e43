package dev.ttsworker.voices;

import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voices.Unloaded.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Reference-counted cache of loaded voices: who uses which voice, and which stay in memory.
/// Thread-safe.
///
/// One lock guards all slots and residents. It is a leaf and held for moments only: nothing is
/// loaded, closed or waited for under it. A voice is closed only when it is retired (nobody new can
/// get it) and its last user has given it back, because closing during use ends the process.
final class VoiceCache {
  /// A resident with one user more.
  ///
  /// @param begins whether the caller has to start its load
  record Claim(CachedVoice resident, boolean begins) {}

  private final WorkerMetrics metrics;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Slots slots;
  private boolean closed;
  private int inMemory;

  VoiceCache(EvictionPolicy policy, WorkerMetrics metrics, LongSupplier nanoClock) {
    this.slots = new Slots(policy);
    this.metrics = metrics;
    this.nanoClock = nanoClock;
  }

  /// Claims the voice in memory when it suits, else the one that is arriving, else a new one.
  ///
  /// @throws WorkerException `DRAINING` once closed
  Claim claim(Voicepack voicepack, Placement placement, Predicate<CachedVoice> suits) {
    return change(leaving -> {
      requireOpen();
      Slot slot = slots.of(voicepack.modelId());
      Optional<CachedVoice> known = slot.current.filter(suits).or(() -> slot.arriving);
      CachedVoice resident = known.orElseGet(() -> new CachedVoice(voicepack, placement));
      resident.claim();
      if (known.isEmpty()) {
        slot.arriving = Optional.of(resident);
      }
      return new Claim(resident, known.isEmpty());
    });
  }

  /// Puts a loaded voice in the place of its predecessor and makes room for it.
  ///
  /// @return false when it came too late: the caller closes the voice
  boolean arrived(CachedVoice resident, Voice voice) {
    return change(leaving -> {
      if (!resident.isPending()) {
        return false;
      }
      Slot slot = slots.of(resident.modelId());
      slot.arriving = Optional.empty();
      slot.failure = Optional.empty();
      slots.retire(slot, false, leaving);
      slot.current = Optional.of(resident);
      resident.arrive(voice, nanoClock.getAsLong());
      inMemory++;
      slots.evictOverCap(nanoClock.getAsLong(), leaving);
      return true;
    });
  }

  /// Ends a load that brought nothing; the predecessor stays. Does nothing when it has ended.
  void failed(CachedVoice resident, WorkerException cause) {
    change(leaving -> {
      if (resident.isPending()) {
        Slot slot = slots.of(resident.modelId());
        slot.arriving = Optional.empty();
        slot.failure = Optional.of(cause.getMessage());
        resident.fail(cause);
      }
      return resident;
    });
  }

  /// Gives one claim back. The last one may let the model leave.
  void release(CachedVoice resident) {
    change(leaving -> {
      giveBack(resident, leaving);
      Slot slot = slots.of(resident.modelId());
      if (slot.leavesWhenFree && !slot.isReferenced() && !slots.isServing(resident.modelId())) {
        slots.retire(slot, false, leaving);
      }
      slots.evictOverCap(nanoClock.getAsLong(), leaving);
      return resident;
    });
  }

  /// Gives one claim back without making room, so that what was just brought in is still there.
  void releaseWithoutEviction(CachedVoice resident) {
    change(leaving -> {
      giveBack(resident, leaving);
      return resident;
    });
  }

  /// Turns a claim into a reference that only [#unload] gives back.
  void reference(CachedVoice resident) {
    change(leaving -> {
      Slot slot = slots.of(resident.modelId());
      if (slot.current.isPresent()) {
        slot.references++;
        slot.leavesWhenFree = false;
      }
      giveBack(resident, leaving);
      return resident;
    });
  }

  /// Gives one reference back; what is then unreferenced leaves at once.
  Unloaded unload(String modelId) {
    return change(leaving -> {
      Slot slot = slots.of(modelId);
      if (slot.current.isEmpty()) {
        return new Unloaded(Outcome.NOT_LOADED, 0, 0);
      }
      slot.references = Math.max(0, slot.references - 1);
      Outcome outcome = outcomeOf(modelId, slot);
      int sessions = slot.current.get().users();
      slot.leavesWhenFree = outcome == Outcome.IN_USE;
      if (outcome == Outcome.FREED) {
        slots.retire(slot, false, leaving);
      }
      return new Unloaded(outcome, slot.references, sessions);
    });
  }

  private Outcome outcomeOf(String modelId, Slot slot) {
    if (slot.references > 0) {
      return Outcome.REFERENCED;
    }
    if (slots.isServing(modelId)) {
      return Outcome.NEEDED;
    }
    return slot.isReferenced() ? Outcome.IN_USE : Outcome.FREED;
  }

  /// Takes a model that is no longer installed out of reach.
  void drop(String modelId) {
    change(leaving -> {
      Slot slot = slots.of(modelId);
      slot.references = 0;
      slots.retire(slot, false, leaving);
      return slot;
    });
  }

  /// Says what never leaves by itself.
  ///
  /// @param servingIds the default model and the one that serves in its place: not even UnloadModel
  ///   frees these
  /// @param preloadedIds not evicted
  void protect(Set<String> servingIds, Set<String> preloadedIds) {
    change(leaving -> {
      slots.protect(servingIds, preloadedIds);
      return slots;
    });
  }

  /// Evicts what was idle for too long, and what is above the cap.
  void evictIdle() {
    change(leaving -> {
      slots.evictIdle(nanoClock.getAsLong(), leaving);
      slots.evictOverCap(nanoClock.getAsLong(), leaving);
      return leaving;
    });
  }

  /// Every id that was ever asked for, by id.
  Map<String, SlotView> views() {
    return change(leaving -> slots.views(nanoClock.getAsLong()));
  }

  /// Retires everything and fails every load; leased voices are freed with their last lease.
  void close() {
    change(leaving -> {
      closed = true;
      for (Slot slot : slots.all()) {
        slot.arriving.ifPresent(resident -> resident.fail(draining()));
        slot.arriving = Optional.empty();
        slots.retire(slot, false, leaving);
      }
      return leaving;
    });
  }

  private <T> T change(Function<List<CachedVoice>, T> step) {
    List<CachedVoice> leaving = new ArrayList<>();
    T result;
    lock.lock();
    try {
      result = step.apply(leaving);
      leaving.removeIf(resident -> !resident.claimFreeing());
      inMemory -= leaving.size();
      metrics.models().resident(inMemory);
      leaving.forEach(resident -> metrics.models().unloaded(resident.wasEvicted()));
    } finally {
      lock.unlock();
    }
    leaving.forEach(CachedVoice::free);
    return result;
  }

  private void giveBack(CachedVoice resident, List<CachedVoice> leaving) {
    resident.giveBack(nanoClock.getAsLong());
    leaving.add(resident);
  }

  private void requireOpen() {
    if (closed) {
      throw draining();
    }
  }

  private static WorkerException draining() {
    return new WorkerException(ErrorCode.DRAINING, "Worker is draining");
  }
}
