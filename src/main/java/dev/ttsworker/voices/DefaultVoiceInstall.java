package dev.ttsworker.voices;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voicepack.install.InstallProgress;
import dev.ttsworker.voicepack.install.InstallResult;
import dev.ttsworker.voicepack.install.VoiceInstaller;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Installation of the default voice when it is missing, so that a fresh checkout speaks.
public final class DefaultVoiceInstall {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultVoiceInstall.class);

  private final ModelSettings settings;
  private final Installation installation;

  public DefaultVoiceInstall(ModelSettings settings, Installation installation) {
    this.settings = settings;
    this.installation = installation;
  }

  /// Installs the default voice if it is missing and the catalogue has it. A failure is logged;
  /// what follows from it is the models' concern.
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
        LOG.atInfo()
            .addKeyValue("model_id", id)
            .log("Voice installed from {}, licence {}", result.source(), result.licence());
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

  /// The voice that [#installIfMissing] would install.
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
    List<String> installed = new VoicepackStore(settings.voicepackRoot()).scan().modelIds();
    return oneOf.stream().anyMatch(installed::contains);
  }
}
