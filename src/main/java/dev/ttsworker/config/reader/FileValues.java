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

/// Values of the file by key path; unknown keys are problems. For one load, one thread.
final class FileValues {
  private final Set<String> paths = new HashSet<>();
  private final Set<String> bare = new HashSet<>();
  private final Set<String> sections = new HashSet<>();
  private final Map<String, YamlNode> values = new HashMap<>();
  private final Set<String> given = new HashSet<>();
  private final List<ConfigProblem> problems;

  FileValues(YamlNode.Section root, List<Key<?>> keys, List<ConfigProblem> problems) {
    this.problems = problems;
    for (Key<?> key : keys) {
      for (String path : key.paths()) {
        paths.add(path);
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
          sections.add(path.substring(0, dot));
        }
      }
      if (key.mayBeBare()) {
        bare.add(key.path());
      }
    }
    collect(root, "");
  }

  /// The value under exactly this path.
  Optional<YamlNode> get(String path) {
    return Optional.ofNullable(values.get(path));
  }

  /// Whether the file has the section, be it empty.
  boolean hasSection(String path) {
    return given.contains(path);
  }

  private void collect(YamlNode.Section section, String prefix) {
    for (YamlNode.Entry entry : section.entries()) {
      String path = prefix + entry.key();
      if (entry.key().contains(".")) {
        report(entry, Redaction.plain(path), "write the parts of this key as nested sections");
      } else if (paths.contains(path)) {
        collectValue(entry, path);
      } else if (sections.contains(path)) {
        collectSection(entry, path);
      } else {
        report(entry, Redaction.plain(path), unknown(prefix, entry.key()));
      }
    }
  }

  private void collectValue(YamlNode.Entry entry, String path) {
    if (isNothing(entry.value()) && bare.contains(path)) {
      return;
    }
    values.put(path, entry.value());
  }

  private void collectSection(YamlNode.Entry entry, String path) {
    given.add(path);
    switch (entry.value()) {
      case YamlNode.Section section -> collect(section, path + ".");
      case YamlNode.Scalar scalar when scalar.style() == Style.NOTHING -> {}
      case YamlNode.Scalar scalar -> reportNoSection(entry, path, scalar);
      case YamlNode.Items items -> reportNoSection(entry, path, items);
    }
  }

  private void reportNoSection(YamlNode.Entry entry, String path, YamlNode value) {
    String names = String.join(", ", names(path + "."));
    report(
        entry,
        path,
        "value " + value.show() + " is not allowed; allowed: a section with the keys " + names);
  }

  private static boolean isNothing(YamlNode raw) {
    return raw instanceof YamlNode.Scalar scalar && scalar.style() == Style.NOTHING;
  }

  private String unknown(String prefix, String key) {
    Set<String> siblings = names(prefix);
    Optional<String> near =
        NearMatch.of(key, siblings).map(name -> prefix + name).or(() -> far(key));
    return "unknown key"
        + near.map(path -> "; did you mean " + path + "?")
            .orElse("; allowed here: " + String.join(", ", siblings));
  }

  /// The same name in another section.
  private Optional<String> far(String key) {
    return new TreeSet<>(paths).stream().filter(path -> path.endsWith("." + key)).findFirst();
  }

  /// What may stand directly behind the prefix.
  private Set<String> names(String prefix) {
    Set<String> names = new TreeSet<>();
    List<String> all = new ArrayList<>(paths);
    all.addAll(sections);
    for (String path : all) {
      if (path.startsWith(prefix) && path.indexOf('.', prefix.length()) < 0) {
        names.add(path.substring(prefix.length()));
      }
    }
    return names;
  }

  private void report(YamlNode.Entry entry, String path, String message) {
    problems.add(ConfigProblem.at(entry.origin(), path, message));
  }
}
