package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.ConfigCheck;
import dev.ttsworker.config.reader.ConfigLoader;
import dev.ttsworker.config.reader.ConfigProblem;
import dev.ttsworker.config.reader.Environment;
import dev.ttsworker.config.reader.Overrides;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Option `--config`: which worker.yaml a command reads.
public final class ConfigOption {
  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "worker.yaml to read; default: configs/worker.yaml beside the worker.")
  private @Nullable Path file;

  /// The file that was named, or else the shipped one when it is there.
  public Optional<Path> file(Installation installation) {
    if (file != null) {
      return Optional.of(file.toAbsolutePath());
    }
    return Optional.of(installation.home().resolve("configs/worker.yaml")).filter(Files::exists);
  }

  /// Reads the configuration.
  ///
  /// @throws dev.ttsworker.error.WorkerException with every problem
  public WorkerConfig load(Installation installation, Overrides overrides) {
    return loader(installation).load(file(installation), overrides);
  }

  /// As [#load(Installation, Overrides)], where options with values that are not allowed are misuse
  /// of the command line.
  ///
  /// @throws picocli.CommandLine.ParameterException with every problem, when one is an option's
  WorkerConfig load(Installation installation, Overrides overrides, Output output) {
    return require(check(installation, overrides), output);
  }

  /// Reads the configuration, with its problems as data.
  ConfigCheck check(Installation installation, Overrides overrides) {
    return loader(installation).check(file(installation), overrides);
  }

  /// What was read.
  ///
  /// @throws picocli.CommandLine.ParameterException as [#load(Installation, Overrides, Output)]
  /// @throws dev.ttsworker.error.WorkerException with every problem, when none is an option's
  static WorkerConfig require(ConfigCheck check, Output output) {
    if (check.problems().stream().anyMatch(ConfigProblem::isOfCommandLine)) {
      throw output.misuse(check.describe());
    }
    return check.orThrow();
  }

  static ConfigLoader loader(Installation installation) {
    return new ConfigLoader(installation.home(), installation.isCheckout(), Environment.current());
  }
}
