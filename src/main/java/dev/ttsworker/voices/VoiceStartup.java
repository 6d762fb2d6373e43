package dev.ttsworker.voices;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceLoader;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.voicepack.Scan;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.install.InstallProgress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Start of a worker's voices. A default voice that is there is loaded while the ports are opened;
/// one that is not is installed when they are open, since a start that fails should not have begun
/// a download. Then the fallback is installed. For the thread that starts the worker.
public final class VoiceStartup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VoiceStartup.class);

  private final AutoInstall install;
  private final InstallProgress progress;
  private final Readiness readiness;
  private final ThreadFactory threads;
  private final boolean installs;
  private final FirstScans scans;
  private final CompletableFuture<@Nullable Void> portsOpen = new CompletableFuture<>();
  private Optional<FallbackInstall> fallback = Optional.empty();

  /// @param progress is notified of installations
  /// @param readiness shows them
  public VoiceStartup(
      ModelSettings settings,
      Installation installation,
      InstallProgress progress,
      Readiness readiness,
      ThreadFactory threads) {
    this.install = new AutoInstall(settings, installation);
    this.progress = progress;
    this.readiness = readiness;
    this.threads = threads;
    installs = willInstall();
    scans =
        new FirstScans(
            new VoicepackStore(settings.voicepackRoot(), installation.ownVoices())::scan, installs);
  }

  /// A fault of the catalogue is logged once the catalogue is needed.
  private boolean willInstall() {
    try {
      return install.missingDefault().isPresent();
    } catch (WorkerException e) {
      return false;
    }
  }

  /// Looks at the disk.
  public Supplier<Scan> scans() {
    return scans;
  }

  /// The same loader, whose voices are not there before the ports are: who reads in the log that
  /// one is connects.
  public VoiceLoader withPorts(VoiceLoader loader) {
    return (voicepack, placement) -> {
      Voice voice = loader.load(voicepack, placement);
      portsOpen.join();
      return voice;
    };
  }

  /// The ports are about to be opened.
  public void opening(VoiceManager models) {
    if (!installs) {
      begin(models);
    }
  }

  /// The ports are open.
  public void opened(VoiceManager models) {
    FallbackInstall after = new FallbackInstall(install, progress, models, threads);
    fallback = Optional.of(after);
    readiness.addListener(after::on);
    portsOpen.complete(null);
    if (installs) {
      begin(models);
    }
  }

  private void begin(VoiceManager models) {
    threads.newThread(() -> load(models)).start();
  }

  private void load(VoiceManager models) {
    try {
      boolean installed = install.installDefault(progress, readiness);
      scans.installed();
      if (installed) {
        models.reload();
      }
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The default voice could not be installed");
    }
    models.start();
  }

  /// Lets loads that wait for the ports end, and ends the installation of the fallback.
  @Override
  public void close() {
    portsOpen.complete(null);
    fallback.ifPresent(FallbackInstall::close);
  }
}
