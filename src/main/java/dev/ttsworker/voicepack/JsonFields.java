package dev.ttsworker.voicepack;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// JSON field reader: typed, range-checked access to the fields of one file. A JSON `null` counts
/// as missing. Paths are JSON pointers; messages show them with dots. Every failure is
/// `INVALID_VOICEPACK`.
public final class JsonFields {
  private static final int MAX_SHOWN = 80;

  private final String fileName;

  public JsonFields(String fileName) {
    this.fileName = fileName;
  }

  /// A string, stripped; empty when missing.
  public String text(JsonNode root, String pointer) {
    JsonNode node = root.at(pointer);
    if (isAbsent(node)) {
      return "";
    }
    if (!node.isString()) {
      throw invalid(dotted(pointer), node, "a string");
    }
    return node.stringValue().strip();
  }

  public int requiredNumber(JsonNode root, String pointer, int min, int max) {
    return wholeNumber(dotted(pointer), root.at(pointer), min, max);
  }

  public int wholeNumber(JsonNode root, String pointer, int missing, int min, int max) {
    JsonNode node = root.at(pointer);
    return isAbsent(node) ? missing : wholeNumber(dotted(pointer), node, min, max);
  }

  /// A whole number; `22050.0` is one too, since some exporters write it so.
  public int wholeNumber(String field, JsonNode node, int min, int max) {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (value >= min && value <= max && value == Math.rint(value)) {
      return (int) value;
    }
    throw invalid(field, node, "a whole number " + min + ".." + max);
  }

  public float number(JsonNode root, String pointer, float missing, float min, float max) {
    JsonNode node = root.at(pointer);
    if (isAbsent(node)) {
      return missing;
    }
    float value = node.isNumber() ? (float) node.doubleValue() : Float.NaN;
    if (value >= min && value <= max) {
      return value;
    }
    throw invalid(dotted(pointer), node, "a number " + min + ".." + max);
  }

  public List<Integer> wholeNumbers(String field, JsonNode node, int min, int max) {
    if (!node.isArray() || node.isEmpty()) {
      throw invalid(field, node, "a list of whole numbers " + min + ".." + max);
    }
    List<Integer> numbers = new ArrayList<>(node.size());
    for (JsonNode item : node) {
      numbers.add(wholeNumber(field, item, min, max));
    }
    return List.copyOf(numbers);
  }

  /// A list of strings; a single string counts as a list of one.
  public List<String> texts(String field, JsonNode node) {
    if (node.isString()) {
      return List.of(node.stringValue());
    }
    if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isString)) {
      throw invalid(field, node, "a string or a list of strings");
    }
    return node.valueStream().map(JsonNode::stringValue).toList();
  }

  /// The members of an object; none when it is missing. Empty names are refused.
  public Set<Map.Entry<String, JsonNode>> members(JsonNode root, String pointer) {
    JsonNode node = root.at(pointer);
    if (isAbsent(node)) {
      return Set.of();
    }
    if (!node.isObject() || node.has("")) {
      throw invalid(dotted(pointer), node, "an object whose keys are not empty");
    }
    return node.properties();
  }

  public WorkerException invalid(String field, JsonNode value, String allowed) {
    String shown = isAbsent(value) ? "is missing" : "is " + shown(value);
    return new WorkerException(
        ErrorCode.INVALID_VOICEPACK,
        "%s: %s %s; allowed: %s"
            .formatted(fileName, Printable.printable(field, MAX_SHOWN), shown, allowed));
  }

  private static String shown(JsonNode value) {
    if (value.isArray()) {
      return "a list of " + value.size();
    }
    return value.isObject() ? "an object" : Printable.printable(value.toString(), MAX_SHOWN);
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static String dotted(String pointer) {
    return pointer.substring(1).replace('/', '.');
  }
}
