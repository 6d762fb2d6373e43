package dev.ttsworker.voicepack;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Strict access to one mapping of a YAML file: unknown and doubled keys are errors, and every
/// error is `INVALID_CONFIGURATION` with file, line, key path, value and what is allowed.
final class YamlFields {
  private static final int MAX_CHARS = 1_000;

  private final String fileName;
  private final String path;
  private final Node node;
  private final Map<String, Node> fields = new LinkedHashMap<>();

  YamlFields(String fileName, String path, Node node, Set<String> known) {
    this.fileName = fileName;
    this.path = path;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      throw invalid(node, path, shown(node), "a map of " + String.join(", ", sorted(known)));
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!known.contains(key)) {
        throw invalid(tuple.getKeyNode(), path, "key " + key, String.join(", ", sorted(known)));
      }
      if (fields.put(key, tuple.getValueNode()) != null) {
        throw invalid(tuple.getKeyNode(), at(key), "given twice", "once");
      }
    }
  }

  boolean has(String key) {
    return fields.containsKey(key);
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
    Node value = fields.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode list)) {
      return List.of(scalar(at(key), value));
    }
    List<String> texts = new ArrayList<>();
    for (Node item : list.getValue()) {
      texts.add(scalar(at(key), item));
    }
    return texts;
  }

  /// A list of mappings with these known keys; none when the key is missing.
  List<YamlFields> mappings(String key, Set<String> known) {
    Node value = fields.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode list)) {
      throw invalid(key, shown(value), "a list");
    }
    List<YamlFields> mappings = new ArrayList<>();
    for (Node item : list.getValue()) {
      String itemPath = at(key) + "[" + mappings.size() + "]";
      mappings.add(new YamlFields(fileName, itemPath, item, known));
    }
    return mappings;
  }

  WorkerException invalid(String key, String value, String allowed) {
    Node place = fields.get(key);
    return invalid(place == null ? node : place, at(key), value, allowed);
  }

  private WorkerException invalid(Node place, String key, String value, String allowed) {
    return new WorkerException(
        ErrorCode.INVALID_CONFIGURATION,
        "%s, line %d: %s: %s; allowed: %s"
            .formatted(
                fileName,
                place.getStartMark().getLine() + 1,
                key.isEmpty() ? "top level" : key,
                value.isEmpty() ? "missing or empty" : Texts.printable(value, 120),
                Texts.printable(allowed, 200)));
  }

  private String scalar(String key, Node value) {
    if (value instanceof ScalarNode scalar && scalar.getValue().length() <= MAX_CHARS) {
      return Texts.printable(scalar.getValue(), MAX_CHARS);
    }
    throw invalid(value, key, shown(value), "a text of at most " + MAX_CHARS + " characters");
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shown(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar.getValue();
      case SequenceNode list -> "a list of " + list.getValue().size();
      case MappingNode map -> "a map of " + map.getValue().size();
      default -> node.getNodeId().name();
    };
  }

  private static List<String> sorted(Set<String> keys) {
    return keys.stream().sorted().toList();
  }
}
