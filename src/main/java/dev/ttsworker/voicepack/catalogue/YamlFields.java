package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.yaml.Location;
import dev.ttsworker.yaml.Redaction;
import dev.ttsworker.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// YAML field reader: strict access to one mapping. Unknown keys are errors, and every error is
/// `INVALID_CONFIGURATION` with file, line, key path, value and what is allowed.
final class YamlFields {
  private static final int MAX_CHARS = 1_000;

  private final String fileName;
  private final String path;
  private final Location origin;
  private final Map<String, YamlNode> fields = new LinkedHashMap<>();

  YamlFields(String fileName, String path, YamlNode value, Set<String> known) {
    this.fileName = fileName;
    this.path = path;
    this.origin = value.origin();
    if (!(value instanceof YamlNode.Section section)) {
      throw invalid(origin, path, shown(value), "a map of " + String.join(", ", sorted(known)));
    }
    for (YamlNode.Entry entry : section.entries()) {
      if (!known.contains(entry.key())) {
        throw invalid(entry.origin(), path, "key " + entry.key(), String.join(", ", sorted(known)));
      }
      fields.put(entry.key(), entry.value());
    }
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  /// A text that `pattern` matches exactly as it was written.
  String exact(String key, Pattern pattern) {
    String printable = text(key, pattern);
    if (fields.get(key) instanceof YamlNode.Scalar scalar && !scalar.text().equals(printable)) {
      throw invalid(key, Redaction.ascii(scalar.text()), pattern.pattern());
    }
    return printable;
  }

  /// A text of one line that `pattern` matches.
  String text(String key, Pattern pattern) {
    String value = text(key).orElse("");
    if (!pattern.matcher(value).matches()) {
      throw invalid(key, value, pattern.pattern());
    }
    return value;
  }

  /// A text of one line; empty when the key is missing.
  Optional<String> text(String key) {
    return Optional.ofNullable(fields.get(key)).map(value -> scalar(at(key), value));
  }

  long wholeNumber(String key, long min, long max) {
    String value = text(key).orElse("");
    String digits = value.replace("_", "");
    if (digits.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(digits);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw invalid(key, value, "a whole number " + min + ".." + max);
  }

  /// A list of texts; a single text counts as a list of one, a missing key as none.
  List<String> texts(String key) {
    YamlNode value = fields.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof YamlNode.Items list)) {
      return List.of(scalar(at(key), value));
    }
    List<String> texts = new ArrayList<>();
    for (YamlNode item : list.items()) {
      texts.add(scalar(at(key), item));
    }
    return texts;
  }

  /// A list of mappings with these known keys; none when the key is missing.
  List<YamlFields> mappings(String key, Set<String> known) {
    YamlNode value = fields.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof YamlNode.Items list)) {
      throw invalid(key, shown(value), "a list");
    }
    List<YamlFields> mappings = new ArrayList<>();
    for (YamlNode item : list.items()) {
      String itemPath = at(key) + "[" + mappings.size() + "]";
      mappings.add(new YamlFields(fileName, itemPath, item, known));
    }
    return mappings;
  }

  WorkerException invalid(String key, String value, String allowed) {
    YamlNode field = fields.get(key);
    return invalid(field == null ? origin : field.origin(), at(key), value, allowed);
  }

  private WorkerException invalid(Location place, String key, String value, String allowed) {
    return new WorkerException(
        ErrorCode.INVALID_CONFIGURATION,
        "%s, line %d: %s: %s; allowed: %s"
            .formatted(
                fileName,
                place.line(),
                key.isEmpty() ? "top level" : key,
                value.isEmpty() ? "missing or empty" : Printable.printable(value, 120),
                Printable.printable(allowed, 200)));
  }

  private String scalar(String key, YamlNode value) {
    if (value instanceof YamlNode.Scalar scalar && scalar.text().length() <= MAX_CHARS) {
      return Printable.printable(scalar.text(), MAX_CHARS);
    }
    String allowed = "a text of at most " + MAX_CHARS + " characters";
    throw invalid(value.origin(), key, shown(value), allowed);
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shown(YamlNode value) {
    return switch (value) {
      case YamlNode.Scalar scalar -> scalar.text();
      case YamlNode.Items list -> "a list of " + list.items().size();
      case YamlNode.Section map -> "a map of " + map.entries().size();
    };
  }

  private static List<String> sorted(Set<String> keys) {
    return keys.stream().sorted().toList();
  }
}
