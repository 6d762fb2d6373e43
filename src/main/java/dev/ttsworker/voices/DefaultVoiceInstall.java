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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Installation of the default voice, and of the language data that it needs, when they are
/// missing, so that a fresh checkout speaks.
public final class DefaultVoiceInstall {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultVoiceInstall.class);

  private final ModelSettings settings;
  private final Installation installation;

  public DefaultVoiceInstall(ModelSettings settings, Installation installation) {
    this.settings = settings;
    this.installation = installation;
  }

  /// Installs the default voice if it or its language data are missing and the catalogue has it. A
  /// failure is logged; what follows from it is the models' concern.
  ///
  /// @return whether a voice was installed
  public boolean installIfMissing(InstallProgress progress, Readiness readiness) {
    String id = wanted();
    try {
      if (missing().isPresent()) {
        Catalogue catalogue = Catalogue.find(settings.voicepackRoot(), installation.home());
        readiness.transitionTo(Readiness.State.LOADING, "installing " + id);
        LOG.atInfo().addKeyValue("model_id", id).log("Installing the default voice");
        InstallResult result =
            new VoiceInstaller(settings.voicepackRoot(), catalogue).install(id, progress);
        result.needed().forEach(DefaultVoiceInstall::log);
        log(result);
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

  private static void log(InstallResult result) {
    if (!result.alreadyInstalled()) {
      LOG.atInfo()
          .addKeyValue("model_id", result.id())
          .log("Installed from {}, licence {}", result.source(), result.licence());
    }
  }

  /// The voice that [#installIfMissing] would install, or complete.
  ///
  /// @throws WorkerException when the catalogue cannot be used
  public Optional<String> missing() {
    String id = wanted();
    if (!settings.autoInstall() || isInstalled(List.of(settings.defaultModelId(), id))) {
      return Optional.empty();
    }
    return Optional.of(id)
        .filter(Catalogue.find(settings.voicepackRoot(), installation.home())::contains);
  }

  private String wanted() {
    return settings.aliases().getOrDefault(settings.defaultModelId(), settings.defaultModelId());
  }

  private boolean isInstalled(List<String> oneOf) {
    return new VoicepackStore(settings.voicepackRoot())
        .scan().voicepacks().stream()
            .anyMatch(voice -> oneOf.contains(voice.modelId()) && hasItsData(voice));
  }

  private boolean hasItsData(Voicepack voice) {
    return VoicepackFormats.needs(voice).stream()
        .allMatch(id -> DataFormats.isInstalled(settings.voicepackRoot(), id));
  }
}
