package dev.ttsworker.voices;

import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.engine.VoiceLoader;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.voicepack.Scan;
import dev.ttsworker.voicepack.Voicepack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Voice manager: the models of this worker. Wires the parts of this package: what is installed,
/// what is in memory, the loads, and the default model with its fallback.
public final class VoiceManager implements Models, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VoiceManager.class);

  private final ModelSettings settings;
  private final InstalledModels installed;
  private final VoiceCache cache;
  private final VoiceLoads loads;
  private final DefaultVoice defaultVoice = new DefaultVoice();
  private final DefaultSupervisor supervisor;
  private final VoiceMaintenance maintenance;

  /// Scans the voicepacks; loads nothing before [#start].
  ///
  /// @param scanner looks at the disk
  /// @param accelerated whether voices are loaded on an accelerator, asked when a load has failed
  /// @param readiness set as soon as a voice can speak, or with the reason why none can
  public VoiceManager(
      ModelSettings settings,
      Supplier<Scan> scanner,
      VoiceLoader loader,
      BooleanSupplier accelerated,
      Readiness readiness,
      WorkerMetrics metrics,
      BackgroundTasks background) {
    this.settings = settings;
    installed = new InstalledModels(settings, () -> expected(scanner.get(), metrics));
    EvictionPolicy policy =
        new EvictionPolicy(settings.residentCap(), settings.timeToLive(), settings.minResidency());
    cache = new VoiceCache(policy, metrics, background.nanoClock());
    loads =
        new VoiceLoads(
            cache,
            new VoicePreparation(settings, loader, metrics, background.nanoClock()),
            settings.maxParallelLoads(),
            background.threads());
    supervisor =
        new DefaultSupervisor(
            settings, installed, loads, cache, accelerated, defaultVoice, readiness);
    maintenance = new VoiceMaintenance(background, supervisor, installed);
  }

  private static Scan expected(Scan scan, WorkerMetrics metrics) {
    scan.modelIds().forEach(metrics.synthesis()::initialize);
    return scan;
  }

  /// Begins to load the default model, then those to preload. Returns at once.
  public void start() {
    maintenance.submitAttempt();
    maintenance.submit(this::preload);
    maintenance.evictEvery(settings.evictCheckInterval(), cache::evictIdle);
  }

  @Override
  public VoiceLease acquire(String modelId) {
    Choice choice = installed.resolve(modelId);
    if (!choice.note().isEmpty()) {
      LOG.atInfo().addKeyValue("model_id", modelId).log("Alias in use: {}", choice.note());
    }
    if (choice.isDefault()) {
      DefaultVoiceState.Speaking speaking = defaultVoice.speaking();
      CachedVoice resident = loads.load(speaking.voicepack(), speaking.placement());
      return new Lease(cache, resident, Messages.join(choice.note(), fallbackNote(speaking)));
    }
    return new Lease(cache, loads.load(require(choice), Placement.PREFERRED), choice.note());
  }

  private static String fallbackNote(DefaultVoiceState.Speaking speaking) {
    return speaking.fallbackReason().isEmpty() ? "" : speaking.describe();
  }

  /// {@inheritDoc} Asked for the default model while the fallback speaks, it tries the default
  /// itself and fails if that still cannot be loaded.
  @Override
  public String load(String modelId, boolean preloadOnly) {
    Choice choice = installed.resolve(modelId);
    if (choice.isDefault()) {
      defaultVoice.decided();
    }
    Voicepack voicepack = require(choice);
    CachedVoice resident = loads.load(voicepack, Placement.PREFERRED);
    if (preloadOnly) {
      cache.releaseWithoutEviction(resident);
    } else {
      cache.reference(resident);
    }
    if (choice.isDefault() && !isFirstChoiceSpeaking()) {
      maintenance.submitAttempt();
    }
    return voicepack.modelId();
  }

  @Override
  public String unload(String modelId) {
    String id = require(installed.resolve(modelId)).modelId();
    return cache.unload(id).describe(id);
  }

  /// {@inheritDoc} Waits for the loads; an interrupt ends the wait and the reload goes on.
  @Override
  public String reload() {
    return maintenance.call(() -> {
      Reload reload = new Reload(installed, loads, cache, defaultVoice);
      reload.renewChanged();
      maintenance.attempt();
      reload.dropRemoved();
      String result = reload.describe();
      LOG.info("Reload: {}", result);
      return result;
    });
  }

  @Override
  public List<ModelStatus> list() {
    return new StatusList(installed, defaultVoice.standing(), cache.views()).models();
  }

  @Override
  public List<String> resident() {
    return cache.views().entrySet().stream()
        .filter(entry -> entry.getValue().loaded().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The id that speaks for sessions without a model id; empty while none can.
  public Optional<String> servingModelId() {
    return defaultVoice.standing() instanceof DefaultVoiceState.Speaking speaking
        ? Optional.of(speaking.voicepack().modelId())
        : Optional.empty();
  }

  /// Whether another voice than the first choice, or the first choice on the CPU only, speaks.
  public boolean fallbackInUse() {
    return defaultVoice.standing() instanceof DefaultVoiceState.Speaking speaking
        && speaking.fallbackReason().isPresent();
  }

  /// Who speaks and why, or why nobody does; one line for people.
  public String reason() {
    return defaultVoice.standing().describe();
  }

  /// Stops the background work, fails those who wait and waits for running loads to end. Voices
  /// with open leases are closed when these come back. Idempotent.
  @Override
  public void close() {
    defaultVoice.become(new DefaultVoiceState.Closed());
    cache.close();
    loads.close();
    maintenance.close();
  }

  private boolean isFirstChoiceSpeaking() {
    return servingModelId().isPresent() && !fallbackInUse();
  }

  private void preload() {
    for (String modelId : settings.preloadModelIds()) {
      try {
        cache.releaseWithoutEviction(loads.load(installed.require(modelId), Placement.PREFERRED));
      } catch (WorkerException e) {
        if (e.code() == ErrorCode.CALL_CANCELLED || e.code() == ErrorCode.DRAINING) {
          throw e;
        }
        LOG.atWarn()
            .addKeyValue("model_id", modelId)
            .addKeyValue("error", e.getMessage())
            .log("Model not preloaded");
      }
    }
  }

  private Voicepack require(Choice choice) {
    return choice.voicepack().orElseGet(() -> installed.require(settings.defaultModelId()));
  }
}
