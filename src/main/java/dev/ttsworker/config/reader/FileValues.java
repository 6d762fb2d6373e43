package dev.ttsworker.config.reader;

import dev.ttsworker.config.value.NearMatch;
import dev.ttsworker.yaml.Redaction;
import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Values of the file by path. For one load, one thread.
final class FileValues {
  private final YamlNode.Section root;
  private final Map<String, YamlNode> values = new HashMap<>();

  FileValues(YamlNode.Section root) {
    this.root = root;
    collect(root, "");
  }

  /// A key whose name has a dot is none: it must be written as nested sections.
  private void collect(YamlNode.Section section, String prefix) {
    for (YamlNode.Entry entry : section.entries()) {
      if (!entry.key().contains(".")) {
        values.put(prefix + entry.key(), entry.value());
        if (entry.value() instanceof YamlNode.Section inner) {
          collect(inner, prefix + entry.key() + ".");
        }
      }
    }
  }

  /// What the file has for a key, the strongest first.
  List<YamlNode> get(Key<?> key) {
    List<YamlNode> given = new ArrayList<>();
    for (String path : key.paths()) {
      get(path)
          .filter(value -> !(isNothing(value) && key.mayBeBare() && path.equals(key.path())))
          .ifPresent(given::add);
    }
    return given;
  }

  /// The value or section under exactly this path, be it empty.
  Optional<YamlNode> get(String path) {
    return Optional.ofNullable(values.get(path));
  }

  private static boolean isNothing(YamlNode value) {
    return value instanceof YamlNode.Scalar scalar && scalar.style() == Style.NOTHING;
  }

  /// Problems of everything in the file that is none of the keys.
  List<ConfigProblem> unknown(List<Key<?>> keys) {
    Unknown unknown = new Unknown(keys);
    unknown.check(root, "");
    return unknown.problems;
  }

  private static final class Unknown {
    private final Set<String> paths = new TreeSet<>();
    private final Set<String> sections = new HashSet<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    Unknown(List<Key<?>> keys) {
      keys.forEach(key -> paths.addAll(key.paths()));
      for (String path : paths) {
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
          sections.add(path.substring(0, dot));
        }
      }
    }

    void check(YamlNode.Section section, String prefix) {
      for (YamlNode.Entry entry : section.entries()) {
        String path = prefix + entry.key();
        if (entry.key().contains(".")) {
          report(entry, Redaction.plain(path), "write the parts of this key as nested sections");
        } else if (sections.contains(path)) {
          checkSection(entry, path);
        } else if (!paths.contains(path)) {
          report(entry, Redaction.plain(path), message(prefix, entry.key()));
        }
      }
    }

    private void checkSection(YamlNode.Entry entry, String path) {
      if (entry.value() instanceof YamlNode.Section section) {
        check(section, path + ".");
      } else if (!isNothing(entry.value())) {
        report(
            entry,
            path,
            "value %s is not allowed; allowed: a section with the keys %s"
                .formatted(entry.value().show(), String.join(", ", names(path + "."))));
      }
    }

    private String message(String prefix, String key) {
      Set<String> siblings = names(prefix);
      return NearMatch.of(key, siblings)
          .map(name -> prefix + name)
          .or(() -> paths.stream().filter(path -> path.endsWith("." + key)).findFirst())
          .map(path -> "unknown key; did you mean " + path + "?")
          .orElse("unknown key; allowed here: " + String.join(", ", siblings));
    }

    /// What may stand directly behind the prefix.
    private Set<String> names(String prefix) {
      Set<String> names = new TreeSet<>();
      for (Set<String> all : List.of(paths, sections)) {
        all.stream()
            .filter(path -> path.startsWith(prefix) && path.indexOf('.', prefix.length()) < 0)
            .forEach(path -> names.add(path.substring(prefix.length())));
      }
      return names;
    }

    private void report(YamlNode.Entry entry, String path, String message) {
      problems.add(ConfigProblem.at(entry.origin(), path, message));
    }
  }
}
