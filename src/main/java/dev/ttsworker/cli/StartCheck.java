package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.StartupFiles;
import dev.ttsworker.voicepack.Scan;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voices.AutoInstall;
import dev.ttsworker.voices.InstalledModels;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Start check: the problems that a start with a valid configuration would meet on this machine,
/// without starting anything. Ports are not looked at: a worker may be serving there.
///
/// @param problems for each of which a start fails
/// @param warnings what it works around
public record StartCheck(List<String> problems, List<String> warnings) {
  public StartCheck {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /// Looks at the files, the addresses and the voices that the configuration names.
  public static StartCheck of(WorkerConfig config, Installation installation) {
    List<String> problems = new ArrayList<>();
    attempt(
        problems,
        () -> {
          StartupFiles _ = StartupFiles.read(config);
        });
    attempt(problems, () -> SpeechEngine.check(config.engine()));
    checkHost("worker.grpc_host", config.worker().grpcHost(), problems);
    if (config.metrics().enabled()) {
      checkHost("metrics.host", config.metrics().host(), problems);
    }
    if (config.clients().wyomingPort() != 0) {
      checkHost("clients.wyoming_host", config.clients().wyomingHost(), problems);
    }
    List<String> warnings = new ArrayList<>(config.warnings());
    checkVoices(config.models(), installation, warnings);
    return new StartCheck(problems, warnings);
  }

  private static void attempt(List<String> problems, Runnable step) {
    try {
      step.run();
    } catch (WorkerException e) {
      problems.addAll(e.getMessage().lines().toList());
    }
  }

  private static void checkHost(String key, String host, List<String> problems) {
    InetSocketAddress address = new InetSocketAddress(host, 0);
    if (address.isUnresolved()) {
      problems.add(key + " " + host + ": unknown host");
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address);
    } catch (IOException e) {
      problems.add(key + " " + host + ": cannot listen there: " + e.getMessage());
    }
  }

  private static void checkVoices(
      ModelSettings settings, Installation installation, List<String> warnings) {
    Scan scan = new VoicepackStore(settings.voicepackRoot(), installation.ownVoices()).scan();
    Optional<String> installable = Optional.empty();
    try {
      installable = new AutoInstall(settings, installation).missingDefault();
    } catch (WorkerException e) {
      warnings.add("the default voice cannot be installed: " + e.getMessage());
    }
    Scan shown = installable.isPresent() ? scan.withoutEmptiness() : scan;
    shown.problems().forEach(problem -> warnings.add("voicepack problem: " + problem));
    // Its problems have been reported: what it logs itself would repeat them.
    InstalledModels installed =
        new InstalledModels(settings, () -> new Scan(scan.voicepacks(), List.of()));
    String id = settings.defaultModelId();
    Optional<String> fallback = missing(installed, settings.fallbackModelId());
    if (installable.isPresent()) {
      warnings.add(
          "the default voice %s is not installed or lacks its language data; serve installs it at the start"
              .formatted(id));
    } else {
      missing(installed, "")
          .map(reason ->
              "model_manager.default_model_id: " + reason + "; " + instead(settings, fallback))
          .ifPresent(warnings::add);
    }
    String second = settings.fallbackModelId();
    boolean sameAsFirst =
        second.equalsIgnoreCase(id) || installable.filter(second::equalsIgnoreCase).isPresent();
    fallback
        .filter(_ -> !sameAsFirst)
        .map(reason ->
            "model_manager.fallback_model_id: "
                + reason
                + "; nothing speaks in the default's place")
        .ifPresent(warnings::add);
    for (String preloaded : settings.preloadModelIds()) {
      boolean comes = preloaded.equals(id) && installable.isPresent();
      missing(installed, preloaded)
          .filter(_ -> !comes)
          .map(reason -> "model_manager.preload_model_ids: " + reason)
          .ifPresent(warnings::add);
    }
  }

  private static String instead(ModelSettings settings, Optional<String> fallbackMissing) {
    return fallbackMissing.isPresent()
        ? "the worker will be NOT_SERVING"
        : "the fallback %s speaks".formatted(settings.fallbackModelId());
  }

  /// Why no installed voice is meant by an id; empty when one is.
  private static Optional<String> missing(InstalledModels installed, String id) {
    try {
      var _ = installed.voicepack(id);
      return Optional.empty();
    } catch (WorkerException e) {
      return Optional.of(e.getMessage());
    }
  }
}
