package dev.ttsworker.config.reader;

import dev.ttsworker.config.ClientSettings;
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

/// Configuration loader: command line over environment over file over default. Immutable, for any
/// thread.
public final class ConfigLoader {
  private static final YamlNode.Section NOTHING =
      new YamlNode.Section(new Location("defaults", 0), List.of());

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
    YamlNode.Section root = file.map(path -> root(path, problems)).orElse(NOTHING);
    FileValues values = new FileValues(root);
    Sources sources = new Sources(values, environment, overrides, base);
    WorkerConfig config = read(sources, checkout);
    problems.addAll(values.unknown(sources.keys()));
    problems.addAll(sources.problems());
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

  /// Every key, in the order in which they are read.
  static List<Key<?>> keys() {
    Sources none = new Sources(new FileValues(NOTHING), Map.of(), Overrides.none(), Path.of(""));
    read(none, false);
    return none.keys();
  }

  /// Every key. What is not allowed counts as its default, and is a problem of the sources.
  private static WorkerConfig read(Sources sources, boolean checkout) {
    ServerKeys server = new ServerKeys(sources);
    SpeechKeys speech = new SpeechKeys(sources);
    KeyConflicts conflicts = new KeyConflicts(sources);
    WorkerSettings worker = server.worker();
    MetricsSettings metrics = server.metrics();
    TlsSettings tls = conflicts.checked(server.tls());
    ClientSettings clients = server.clients();
    conflicts.check(metrics, worker, clients);
    return new WorkerConfig(
        worker,
        conflicts.checked(speech.models()),
        conflicts.checked(speech.engine()),
        speech.audio(),
        speech.synthesis(),
        speech.text(),
        server.sessions(),
        server.admission(),
        server.limits(),
        server.connections(),
        conflicts.checked(server.redis()),
        metrics,
        server.logging(checkout),
        tls,
        conflicts.checked(server.auth(), tls, worker),
        clients,
        server.telemetry(),
        sources.warnings());
  }
}
