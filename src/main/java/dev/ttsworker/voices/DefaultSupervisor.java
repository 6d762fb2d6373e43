package dev.ttsworker.voices;

import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.voicepack.Voicepack;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Failover of the default model: the model itself, else the fallback on the CPU, else none. A
/// voice that speaks goes on until a better one does. Runs on one thread.
final class DefaultSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultSupervisor.class);

  private final ModelSettings settings;
  private final InstalledModels installed;
  private final VoiceLoads loads;
  private final VoiceCache cache;
  private final BooleanSupplier accelerated;
  private final DefaultVoice defaultVoice;
  private final Readiness readiness;

  /// What is in the log already, by what failed: another try that fails in the same way is no news.
  private final Map<String, String> logged = new HashMap<>();

  /// @param accelerated whether voices are loaded on an accelerator, so that the CPU is another try
  DefaultSupervisor(
      ModelSettings settings,
      InstalledModels installed,
      VoiceLoads loads,
      VoiceCache cache,
      BooleanSupplier accelerated,
      DefaultVoice defaultVoice,
      Readiness readiness) {
    this.settings = settings;
    this.installed = installed;
    this.loads = loads;
    this.cache = cache;
    this.accelerated = accelerated;
    this.defaultVoice = defaultVoice;
    this.readiness = readiness;
  }

  /// Tries the first choice, and what may speak in its place.
  ///
  /// @return whether the first choice speaks now
  /// @throws WorkerException `CALL_CANCELLED` or `DRAINING` at shutdown only
  boolean attempt() {
    try {
      Voicepack first = require("model_manager.default_model_id", settings.defaultModelId());
      speak(first, Placement.PREFERRED, Optional.empty());
      logged.clear();
      return true;
    } catch (WorkerException e) {
      rethrowAtShutdown(e);
      withoutFirstChoice(Messages.brief(e.getMessage()));
      return false;
    }
  }

  private Voicepack require(String key, String modelId) {
    try {
      return installed.require(modelId);
    } catch (WorkerException e) {
      String reason = Messages.brief(e.getMessage());
      if (isNews(key, reason)) {
        LOG.atError()
            .addKeyValue("model_id", modelId)
            .addKeyValue("error", reason)
            .log("Voicepack not found for {}: {}", key, reason);
      }
      throw e;
    }
  }

  private boolean isNews(String what, String reason) {
    return !reason.equals(logged.put(what, reason));
  }

  private void withoutFirstChoice(String reason) {
    if (defaultVoice.standing() instanceof DefaultVoiceState.Speaking speaking
        && speaking.fallbackReason().isPresent()) {
      become(
          new DefaultVoiceState.Speaking(
              speaking.voicepack(), speaking.placement(), speaking.device(), Optional.of(reason)));
      return;
    }
    try {
      Voicepack fallback = requireFallback(reason);
      speak(fallback, Placement.CPU, Optional.of(reason));
    } catch (WorkerException e) {
      rethrowAtShutdown(e);
      unable(Messages.join(reason, Messages.brief(e.getMessage())));
    }
  }

  /// @throws WorkerException why there is no other choice
  private Voicepack requireFallback(String reason) {
    Optional<Voicepack> first = installed.find(settings.defaultModelId());
    Optional<Voicepack> fallback = installed.find(settings.fallbackModelId());
    boolean same =
        settings.fallbackModelId().equalsIgnoreCase(settings.defaultModelId())
            || (fallback.isPresent() && fallback.equals(first));
    if (same && (first.isEmpty() || !accelerated.getAsBoolean())) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          "model_manager.fallback_model_id names the same model, and no other is taken unasked");
    }
    if (isNews("the default", reason)) {
      LOG.atWarn()
          .addKeyValue("model_id", settings.fallbackModelId())
          .addKeyValue("error", reason)
          .log("The default model cannot speak, trying the fallback on the CPU");
    }
    return require("model_manager.fallback_model_id", settings.fallbackModelId());
  }

  private void speak(Voicepack voicepack, Placement placement, Optional<String> fallbackReason) {
    CachedVoice resident =
        fallbackReason.isPresent()
            ? loads.load(voicepack, placement)
            : loads.load(voicepack, placement, present -> present.placement() == placement);
    String device = resident.voice().description().device();
    DefaultVoiceState before = defaultVoice.standing();
    DefaultVoiceState now =
        new DefaultVoiceState.Speaking(voicepack, resident.placement(), device, fallbackReason);
    protect(now);
    cache.releaseWithoutEviction(resident);
    become(now);
    if (fallbackReason.isPresent()) {
      LOG.atWarn()
          .addKeyValue("model_id", voicepack.modelId())
          .addKeyValue("error", fallbackReason.get())
          .log("Fallback model in use");
    } else if (!(before instanceof DefaultVoiceState.Loading) && !before.equals(now)) {
      LOG.atInfo()
          .addKeyValue("model_id", voicepack.modelId())
          .log("Default model speaks again, new sessions move over");
    }
  }

  /// Nothing new can speak: a voice that is in memory goes on, though its files may be gone.
  private void unable(String reason) {
    if (isNews("every voice", reason)) {
      LOG.atError()
          .addKeyValue("error", reason)
          .log("No voice can be loaded, the worker keeps trying: {}", reason);
    }
    become(
        defaultVoice.standing() instanceof DefaultVoiceState.Speaking speaking
            ? speaking
            : new DefaultVoiceState.Unable(reason));
  }

  private void become(DefaultVoiceState standing) {
    protect(standing);
    defaultVoice.become(standing);
    readiness.transitionTo(
        standing instanceof DefaultVoiceState.Speaking
            ? Readiness.State.SERVING
            : Readiness.State.UNABLE,
        standing.describe());
  }

  private void protect(DefaultVoiceState standing) {
    Set<String> serving = new HashSet<>();
    installed.find(settings.defaultModelId()).ifPresent(pack -> serving.add(pack.modelId()));
    if (standing instanceof DefaultVoiceState.Speaking speaking) {
      serving.add(speaking.voicepack().modelId());
    }
    Set<String> preloaded = new HashSet<>();
    for (String id : settings.preloadModelIds()) {
      installed.find(id).ifPresent(pack -> preloaded.add(pack.modelId()));
    }
    cache.protect(serving, preloaded);
  }

  private static void rethrowAtShutdown(WorkerException e) {
    if (e.code() == ErrorCode.CALL_CANCELLED || e.code() == ErrorCode.DRAINING) {
      throw e;
    }
  }
}
