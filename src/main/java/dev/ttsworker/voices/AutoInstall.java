package dev.ttsworker.voices;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.voicepack.DataFormats;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackFormats;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voicepack.install.InstallProgress;
import dev.ttsworker.voicepack.install.InstallResult;
import dev.ttsworker.voicepack.install.VoiceInstaller;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Automatic installation of the default voice and of the fallback, with the language data that
/// they need, when they are missing: so that a fresh checkout speaks, and the fallback is there
/// before it is needed. Thread-safe.
public final class AutoInstall {
  private static final Logger LOG = LoggerFactory.getLogger(AutoInstall.class);

  private final ModelSettings settings;
  private final Installation installation;

  public AutoInstall(ModelSettings settings, Installation installation) {
    this.settings = settings;
    this.installation = installation;
  }

  /// Installs the default voice if it or its language data are missing and the catalogue has it. A
  /// failure is logged; what follows from it is the models' concern.
  ///
  /// @return whether a voice was installed
  public boolean installDefault(InstallProgress progress, Readiness readiness) {
    String id = meant(settings.defaultModelId());
    try {
      if (missingDefault().isPresent()) {
        readiness.transitionTo(Readiness.State.LOADING, "installing " + id);
        LOG.atInfo().addKeyValue("model_id", id).log("Installing the default voice");
        install(id, progress);
        return true;
      }
    } catch (WorkerException e) {
      LOG.atError()
          .addKeyValue("model_id", id)
          .addKeyValue("error_type", e.code())
          .log("The default voice could not be installed: {}", e.getMessage());
    }
    return false;
  }

  /// Installs the fallback under the same conditions; an interrupt ends it. A failure is one
  /// warning.
  ///
  /// @return whether a voice was installed
  boolean installFallback(InstallProgress progress) {
    String id = meant(settings.fallbackModelId());
    try {
      if (missing(settings.fallbackModelId()).isPresent()) {
        LOG.atInfo().addKeyValue("model_id", id).log("Installing the fallback voice");
        install(id, progress);
        return true;
      }
    } catch (WorkerException e) {
      LOG.atWarn()
          .addKeyValue("model_id", id)
          .addKeyValue("error_type", e.code())
          .log("The fallback voice could not be installed: {}", e.getMessage());
    }
    return false;
  }

  /// The voice that [#installDefault] would install, or complete.
  ///
  /// @throws WorkerException when the catalogue cannot be used
  public Optional<String> missingDefault() {
    return missing(settings.defaultModelId());
  }

  private Optional<String> missing(String configured) {
    String id = meant(configured);
    if (!settings.autoInstall() || isInstalled(List.of(configured, id))) {
      return Optional.empty();
    }
    return Optional.of(id).filter(catalogue()::contains);
  }

  private void install(String id, InstallProgress progress) {
    InstallResult result =
        new VoiceInstaller(settings.voicepackRoot(), catalogue()).install(id, progress);
    result.needed().forEach(AutoInstall::log);
    log(result);
  }

  private static void log(InstallResult result) {
    if (!result.alreadyInstalled()) {
      LOG.atInfo()
          .addKeyValue("model_id", result.id())
          .log("Voice installed from {}, licence {}", result.source(), result.licence());
    }
  }

  private Catalogue catalogue() {
    return Catalogue.find(settings.voicepackRoot(), installation.home(), settings.piperMirror());
  }

  private String meant(String modelId) {
    return settings.aliases().getOrDefault(modelId, modelId);
  }

  private boolean isInstalled(List<String> oneOf) {
    return new VoicepackStore(settings.voicepackRoot(), installation.ownVoices())
        .scan().voicepacks().stream()
            .anyMatch(voice -> oneOf.contains(voice.modelId()) && hasItsData(voice));
  }

  private boolean hasItsData(Voicepack voice) {
    return VoicepackFormats.needs(voice).stream()
        .allMatch(id ->
            Stream.of(settings.voicepackRoot(), installation.ownVoices())
                .anyMatch(folder -> DataFormats.isInstalled(folder, id)));
  }
}
