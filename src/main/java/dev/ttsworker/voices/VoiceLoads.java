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

/// Brings voices into memory on threads of its own, so many at once as the configuration allows.
/// Whoever wants a voice that is on its way waits for the same load; a waiter that is interrupted
/// leaves and the load goes on. Thread-safe.
final class VoiceLoads implements AutoCloseable {
  private final VoiceCache residency;
  private final VoicePreparation preparation;
  private final ExecutorService loaders;

  /// @param maxParallelLoads loads at once, at least 1
  /// @param threads makes the threads that load
  VoiceLoads(
      VoiceCache residency,
      VoicePreparation preparation,
      int maxParallelLoads,
      ThreadFactory threads) {
    this.residency = residency;
    this.preparation = preparation;
    this.loaders = Executors.newFixedThreadPool(maxParallelLoads, threads);
  }

  /// The voice of this model in memory, wherever it runs; loaded when there is none. The caller
  /// owns one claim on it and gives it back.
  ///
  /// @throws WorkerException why it did not load, `CALL_CANCELLED` when interrupted, `DRAINING`
  ///   after close
  CachedVoice bring(Voicepack voicepack, Placement placement) {
    return bring(voicepack, placement, resident -> true);
  }

  /// As the other, but what is in memory must also suit: otherwise it is loaded anew and, once that
  /// has succeeded, replaced.
  CachedVoice bring(Voicepack voicepack, Placement placement, Predicate<CachedVoice> suits) {
    while (true) {
      Claim claim = residency.claim(voicepack, placement, suits);
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
        residency.keep(resident);
      } else if (ours) {
        throw failure.get();
      } // else somebody else's load failed, made otherwise than ours would be: try that
    }
  }

  private void await(CachedVoice resident) {
    try {
      resident.await();
    } catch (InterruptedException e) {
      residency.keep(resident);
      Thread.currentThread().interrupt();
      throw new WorkerException(
          ErrorCode.CALL_CANCELLED, "Waiting for model " + resident.modelId() + " was ended", e);
    }
  }

  private void begin(CachedVoice resident) {
    try {
      loaders.execute(() -> load(resident));
    } catch (RejectedExecutionException e) {
      residency.failed(resident, new WorkerException(ErrorCode.DRAINING, "Worker is draining", e));
    }
  }

  private void load(CachedVoice resident) {
    try {
      if (!resident.isPending()) {
        return;
      }
      Voice voice = preparation.prepare(resident.voicepack(), resident.placement());
      if (!residency.arrived(resident, voice)) {
        voice.close();
      }
    } catch (WorkerException e) {
      residency.failed(resident, e);
    } finally {
      if (resident.isPending()) {
        residency.failed(
            resident,
            new WorkerException(
                ErrorCode.INTERNAL, "Loading model " + resident.modelId() + " ended unexpectedly"));
      }
    }
  }

  /// Interrupts running loads and waits for their end: no native session may be in the making when
  /// the process ends. The residency is closed before, so nobody waits for them any more.
  @Override
  public void close() {
    preparation.cancelWarmUps();
    loaders.shutdownNow();
    loaders.close();
  }
}
