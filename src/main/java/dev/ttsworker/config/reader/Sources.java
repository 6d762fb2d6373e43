package dev.ttsworker.config.reader;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.value.ValueType.NotAllowed;
import dev.ttsworker.yaml.Location;
import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlNode.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Configuration sources, the strongest first: command line, environment, file, default. Every
/// value given is checked, also one that a stronger source hides. For one load, one thread.
final class Sources {
  private final FileValues file;
  private final Map<String, String> environment;
  private final Overrides overrides;
  private final Path base;
  private final Map<String, Key<?>> keys = new LinkedHashMap<>();
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Sources(FileValues file, Map<String, String> environment, Overrides overrides, Path base) {
    this.file = file;
    this.environment = environment;
    this.overrides = overrides;
    this.base = base;
  }

  /// @param path such as `worker.capabilities`
  /// @param record the one that the section's keys fill, out of a whole configuration
  <R> Section<R> section(String path, Function<WorkerConfig, R> record) {
    return new Section<>(this, path, record);
  }

  /// The strongest value that is allowed; the default when there is none. Values that are not
  /// allowed become problems. The key is known from now on.
  ///
  /// @throws IllegalStateException when another key has the path
  <T> T get(Key<T> key) {
    if (keys.put(key.path(), key) != null) {
      throw new IllegalStateException(key.path() + " is declared twice");
    }
    Optional<T> strongest = Optional.empty();
    for (List<YamlNode> layer : layers(key)) {
      Optional<T> ofLayer = read(key, layer);
      strongest = strongest.or(() -> ofLayer);
    }
    return strongest.orElse(key.fallback());
  }

  /// The keys that were read, in that order.
  List<Key<?>> keys() {
    return List.copyOf(keys.values());
  }

  /// The problems of their values, in that order.
  List<ConfigProblem> problems() {
    return List.copyOf(problems);
  }

  /// What a variable that belongs to no key holds; empty when unset.
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  Optional<String> option(Option option) {
    return overrides.get(option);
  }

  boolean hasSection(String path) {
    return file.get(path).isPresent();
  }

  /// A path of the file or the environment, relative to the base folder.
  Path resolve(Path path) {
    return base.resolve(path).normalize();
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  /// Reports that a value which is allowed by itself cannot be used, or that several do not go
  /// together; a value of the command line is named as the cause before one of the other sources.
  ///
  /// @param paths of keys that were read; the first one names the problem
  void conflict(String message, String... paths) {
    List<Location> origins =
        Stream.of(paths)
            .flatMap(path -> layers(Objects.requireNonNull(keys.get(path), path)).stream())
            .flatMap(List::stream)
            .map(YamlNode::origin)
            .toList();
    Location origin =
        origins.stream()
            .filter(given -> given.source().startsWith(ConfigProblem.OPTION))
            .findFirst()
            .or(() -> origins.stream().findFirst())
            .orElse(new Location("defaults", 0));
    problems.add(ConfigProblem.at(origin, paths[0], message));
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /// The first value of a layer. That a later one differs is odd: two lines of the file, or two
  /// variables, set the same.
  private <T> Optional<T> read(Key<T> key, List<YamlNode> layer) {
    Optional<T> first = Optional.empty();
    for (YamlNode raw : layer) {
      Optional<T> value = read(key, raw);
      if (first.isPresent() && value.isPresent() && !value.equals(first)) {
        Location stronger = layer.getFirst().origin();
        warnings.add(raw.origin() + ": " + key.path() + " is overruled by " + stronger);
      }
      first = first.or(() -> value);
    }
    return first;
  }

  private <T> Optional<T> read(Key<T> key, YamlNode raw) {
    try {
      return Optional.of(key.type().read(raw));
    } catch (NotAllowed e) {
      problems.add(ConfigProblem.at(e.origin(), key.path(), e.text()));
      return Optional.empty();
    }
  }

  /// What was given for a key, the strongest source first.
  private List<List<YamlNode>> layers(Key<?> key) {
    List<YamlNode> options = new ArrayList<>();
    key.option()
        .ifPresent(option ->
            option(option)
                .ifPresent(text -> options.add(open(ConfigProblem.OPTION + option.flag(), text))));
    List<YamlNode> variables = new ArrayList<>();
    for (String name : key.variables()) {
      variable(name).ifPresent(text -> variables.add(open("environment variable " + name, text)));
    }
    return List.of(options, variables, file.get(key));
  }

  private static YamlNode open(String place, String text) {
    return new YamlNode.Scalar(new Location(place, 0), text, Style.OPEN);
  }
}
