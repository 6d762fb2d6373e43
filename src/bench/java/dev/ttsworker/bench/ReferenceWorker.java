package dev.ttsworker.bench;

import dev.ttsworker.Worker;
import dev.ttsworker.cli.Commands;
import dev.ttsworker.config.Installation;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.ConfigLoader;
import dev.ttsworker.config.reader.Environment;
import dev.ttsworker.config.reader.Option;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.logging.LogSetup;
import dev.ttsworker.voicepack.install.InstallProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Serves with another design than the product's until its standard input ends, so that it does not
/// outlive the benchmark. Only the benchmark starts it.
public final class ReferenceWorker {
  private ReferenceWorker() {}

  /// Runs it.
  ///
  /// @param args the [ReferenceDesign], the configuration file or an empty string, the default
  ///   model or an empty string
  public static void main(String[] args) throws IOException {
    Installation installation = Installation.current();
    ConfigLoader loader =
        new ConfigLoader(installation.home(), installation.isCheckout(), Environment.current());
    Optional<Path> file = args[1].isEmpty() ? Optional.empty() : Optional.of(Path.of(args[1]));
    WorkerConfig config = loader.load(file, overrides(args[2]));
    LogSetup.apply(config.logging());
    ReferenceDesign design = ReferenceDesign.valueOf(args[0]);
    try (Worker _ =
        Worker.start(
            config,
            installation,
            InstallProgress.none(),
            (options, observer) -> SpeechEngine.open(design.of(options), observer))) {
      while (System.in.read() >= 0) {
        // Nothing that is written to it means anything.
      }
    }
    Commands.exit(0);
  }

  private static Overrides overrides(String defaultModel) {
    Map<Option, String> values = new EnumMap<>(Option.class);
    values.put(Option.HOST, "127.0.0.1");
    values.put(Option.PORT, "0");
    values.put(Option.LOG_LEVEL, "INFO");
    if (!defaultModel.isEmpty()) {
      values.put(Option.DEFAULT_MODEL, defaultModel);
    }
    return new Overrides(values);
  }
}
