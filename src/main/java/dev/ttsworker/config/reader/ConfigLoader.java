package dev.ttsworker.config.reader;

import dev.ttsworker.config.MetricsSettings;
import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.WorkerSettings;
import dev.ttsworker.yaml.Location;
import dev.ttsworker.yaml.YamlFile;
import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Configuration loader: command line over environment over file over default. Immutable, for any
/// thread.
public final class ConfigLoader {
  /// Every key, in the order of `configs/worker.yaml`.
  static final List<Key<?>> KEYS =
      Stream.of(
              WorkerKeys.ALL,
              CapabilityKeys.ALL,
              ModelKeys.ALL,
              EngineKeys.ALL,
              SpeechKeys.ALL,
              ConnectionKeys.ALL,
              RedisKeys.ALL,
              MetricsKeys.ALL,
              LoggingKeys.ALL,
              TlsKeys.ALL,
              AuthKeys.ALL)
          .<Key<?>>flatMap(List::stream)
          .toList();

  private final Path base;
  private final boolean checkout;
  private final Map<String, String> environment;

  /// Prepares for one process.
  ///
  /// @param base the folder against which relative paths of the file and the environment are
  ///   resolved
  /// @param checkout whether `base` is a source checkout, which logs to `logs/worker.log`
  /// @param environment see [Environment#current]; blank variables count as unset
  public ConfigLoader(Path base, boolean checkout, Map<String, String> environment) {
    this.base = base;
    this.checkout = checkout;
    this.environment = Map.copyOf(environment);
  }

  /// The configuration in effect.
  ///
  /// @param file worker.yaml; empty for defaults
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION`, with every problem as a
  ///   line of the message
  public WorkerConfig load(Optional<Path> file, Overrides overrides) {
    return check(file, overrides).orThrow();
  }

  /// As [#load], with the problems as data.
  public ConfigCheck check(Optional<Path> file, Overrides overrides) {
    List<ConfigProblem> problems = new ArrayList<>();
    YamlNode.Section root =
        file.map(path -> root(path, problems))
            .orElseGet(() -> new YamlNode.Section(new Location("defaults", 0), List.of()));
    FileValues values = new FileValues(root, KEYS, problems);
    Sources sources = new Sources(values, environment, overrides, base, problems);
    WorkerConfig config = read(sources);
    if (problems.isEmpty()) {
      return new ConfigCheck(Optional.of(config), List.of(), config.logging());
    }
    // Lines of the file first, from top to bottom; what has no line keeps the order of the keys.
    problems.sort(
        Comparator.comparingInt(
            problem -> problem.line() == 0 ? Integer.MAX_VALUE : problem.line()));
    return new ConfigCheck(Optional.empty(), problems, config.logging());
  }

  private static YamlNode.Section root(Path file, List<ConfigProblem> problems) {
    YamlFile yaml = YamlReader.read(file);
    yaml.problems().forEach(problem -> problems.add(ConfigProblem.of(problem)));
    return yaml.root();
  }

  private WorkerConfig read(Sources sources) {
    WorkerSettings worker = WorkerKeys.read(sources);
    MetricsSettings metrics = MetricsKeys.read(sources);
    TlsSettings tls = TlsKeys.read(sources);
    if (metrics.enabled()
        && metrics.prometheusPort() != 0
        && metrics.prometheusPort() == worker.grpcPort()) {
      sources.conflict(
          List.of(MetricsKeys.PROMETHEUS_PORT, WorkerKeys.GRPC_PORT),
          "value " + metrics.prometheusPort() + " is also " + WorkerKeys.GRPC_PORT.path());
    }
    return new WorkerConfig(
        worker,
        ModelKeys.read(sources),
        EngineKeys.read(sources),
        SpeechKeys.readAudio(sources),
        SpeechKeys.readSynthesis(sources),
        SpeechKeys.readText(sources),
        SpeechKeys.readSessions(sources),
        SpeechKeys.readAdmission(sources),
        SpeechKeys.readLimits(sources),
        ConnectionKeys.read(sources),
        RedisKeys.read(sources),
        metrics,
        LoggingKeys.read(sources, checkout),
        tls,
        AuthKeys.read(sources, tls, worker),
        sources.warnings());
  }
}
