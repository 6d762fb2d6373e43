package dev.ttsworker.voices;

import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voices.VoiceCache.Claim;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

/// Loader pool: loads voices on threads of its own, as many at once as the configuration allows.
/// Callers that need a voice that is being loaded wait for the same load; a waiter that is
/// interrupted leaves and the load goes on. Thread-safe.
final class VoiceLoads implements AutoCloseable {
  private final VoiceCache cache;
  private final VoicePreparation preparation;
  private final ExecutorService loaders;

  /// @param maxParallelLoads loads at once, at least 1
  /// @param threads makes the threads that load
  VoiceLoads(
      VoiceCache cache, VoicePreparation preparation, int maxParallelLoads, ThreadFactory threads) {
    this.cache = cache;
    this.preparation = preparation;
    this.loaders = Executors.newFixedThreadPool(maxParallelLoads, threads);
  }

  /// The voice of this model in memory, wherever it runs; loaded when there is none. The caller
  /// owns one claim on it and gives it back.
  ///
  /// @throws WorkerException why it did not load, `CALL_CANCELLED` when interrupted, `DRAINING`
  ///   after close
  CachedVoice load(Voicepack voicepack, Placement placement) {
    return load(voicepack, placement, resident -> true);
  }

  /// As the other, but what is in memory must also suit: otherwise it is loaded again and, once
  /// that has succeeded, replaced.
  CachedVoice load(Voicepack voicepack, Placement placement, Predicate<CachedVoice> suits) {
    while (true) {
      Claim claim = cache.claim(voicepack, placement, suits);
      CachedVoice resident = claim.resident();
      if (claim.begins()) {
        begin(resident);
      }
      await(resident);
      boolean suited = claim.begins() || suits.test(resident);
      boolean ours = claim.begins() || (suited && resident.placement() == placement);
      Optional<WorkerException> failure = resident.failure();
      if (failure.isEmpty()) {
        if (suited) {
          return resident;
        }
        cache.releaseWithoutEviction(resident);
      } else if (ours) {
        throw failure.get();
      } // else somebody else's load failed, made otherwise than ours would be: try that
    }
  }

  private void await(CachedVoice resident) {
    try {
      resident.await();
    } catch (InterruptedException e) {
      cache.releaseWithoutEviction(resident);
      Thread.currentThread().interrupt();
      throw new WorkerException(
          ErrorCode.CALL_CANCELLED, "Waiting for model " + resident.modelId() + " was ended", e);
    }
  }

  private void begin(CachedVoice resident) {
    try {
      loaders.execute(() -> load(resident));
    } catch (RejectedExecutionException e) {
      cache.failed(resident, new WorkerException(ErrorCode.DRAINING, "Worker is draining", e));
    }
  }

  private void load(CachedVoice resident) {
    try {
      if (!resident.isPending()) {
        return;
      }
      Voice voice = preparation.prepare(resident.voicepack(), resident.placement());
      if (!cache.arrived(resident, voice)) {
        voice.close();
      }
    } catch (WorkerException e) {
      cache.failed(resident, e);
    } finally {
      if (resident.isPending()) {
        cache.failed(
            resident,
            new WorkerException(
                ErrorCode.INTERNAL, "Loading model " + resident.modelId() + " ended unexpectedly"));
      }
    }
  }

  /// Interrupts running loads and waits for their end: no native session may be in the making when
  /// the process ends. The cache is closed before, so nobody waits for them any more.
  @Override
  public void close() {
    preparation.cancelWarmUps();
    loaders.shutdownNow();
    loaders.close();
  }
}
