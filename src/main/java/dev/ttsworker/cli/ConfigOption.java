package dev.ttsworker.cli;

import dev.ttsworker.Installation;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.ConfigLoader;
import dev.ttsworker.config.reader.Environment;
import dev.ttsworker.config.reader.Overrides;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Which worker.yaml a command reads.
final class ConfigOption {
  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "worker.yaml to read; default: configs/worker.yaml beside the worker.")
  private @Nullable Path file;

  /// The file that was named, or else the shipped one when it is there.
  Optional<Path> file(Installation installation) {
    if (file != null) {
      return Optional.of(file.toAbsolutePath());
    }
    return Optional.of(installation.home().resolve("configs/worker.yaml")).filter(Files::exists);
  }

  /// Reads the configuration.
  ///
  /// @throws dev.ttsworker.error.WorkerException with every problem
  WorkerConfig load(Installation installation, Overrides overrides) {
    return loader(installation).load(file(installation), overrides);
  }

  static ConfigLoader loader(Installation installation) {
    return new ConfigLoader(installation.home(), installation.isCheckout(), Environment.current());
  }
}
