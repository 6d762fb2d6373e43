package dev.ttsworker.config.reader;

import dev.ttsworker.config.value.ValueType.NotAllowed;
import dev.ttsworker.yaml.Location;
import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlNode.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Configuration sources, the strongest first: command line, environment, file, default. Every
/// value given is checked, also one that a stronger source hides. For one load, one thread.
final class Sources {
  private final FileValues file;
  private final Map<String, String> environment;
  private final Overrides overrides;
  private final Path base;
  private final List<ConfigProblem> problems;
  private final List<String> warnings = new ArrayList<>();

  Sources(
      FileValues file,
      Map<String, String> environment,
      Overrides overrides,
      Path base,
      List<ConfigProblem> problems) {
    this.file = file;
    this.environment = environment;
    this.overrides = overrides;
    this.base = base;
    this.problems = problems;
  }

  /// The strongest value that is allowed; the default when there is none. Values that are not
  /// allowed become problems.
  <T> T get(Key<T> key) {
    return given(key).orElse(key.fallback());
  }

  /// As [#get], but empty when nobody gave a value.
  <T> Optional<T> given(Key<T> key) {
    Optional<T> strongest = Optional.empty();
    for (List<YamlNode> layer : layers(key)) {
      Optional<T> ofLayer = read(key, layer);
      strongest = strongest.or(() -> ofLayer);
    }
    return strongest;
  }

  /// What a variable that belongs to no key holds; empty when unset.
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  Optional<String> option(Option option) {
    return overrides.get(option);
  }

  boolean hasSection(String path) {
    return file.hasSection(path);
  }

  /// A path of the file or the environment, relative to the base folder.
  Path resolve(Path path) {
    return base.resolve(path).normalize();
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  /// Reports that a value which is allowed by itself cannot be used.
  void conflict(Key<?> key, String message) {
    conflict(List.of(key), message);
  }

  /// Reports that values which are allowed one by one do not go together; a value of the command
  /// line is named as the cause before one of the other sources.
  ///
  /// @param keys the first one names the problem
  void conflict(List<Key<?>> keys, String message) {
    List<Location> origins =
        keys.stream()
            .flatMap(key -> layers(key).stream())
            .flatMap(List::stream)
            .map(YamlNode::origin)
            .toList();
    Location origin =
        origins.stream()
            .filter(given -> given.source().startsWith(ConfigProblem.OPTION))
            .findFirst()
            .or(() -> origins.stream().findFirst())
            .orElse(new Location("defaults", 0));
    problems.add(ConfigProblem.at(origin, keys.getFirst().path(), message));
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
    List<YamlNode> lines = new ArrayList<>();
    for (String path : key.paths()) {
      file.get(path).ifPresent(lines::add);
    }
    return List.of(options, variables, lines);
  }

  private static YamlNode open(String place, String text) {
    return new YamlNode.Scalar(new Location(place, 0), text, Style.OPEN);
  }
}
