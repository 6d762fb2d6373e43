package dev.ttsworker.voicepack;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.yaml.Location;
import dev.ttsworker.yaml.Redaction;
import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlNode.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/// Field reader: checked access to one mapping of a JSON or YAML file. Every failure names the
/// file, the line in YAML, the field with the mappings it is in, the value and what is allowed; it
/// is `INVALID_VOICEPACK` in JSON, where a `null` counts as missing, and `INVALID_CONFIGURATION` in
/// YAML. Immutable.
public final class Fields {
  private static final int MAX_CHARS = 1_000;
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,18}(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

  private final boolean json;
  private final String fileName;
  private final String path;
  private final Location origin;
  private final Map<String, YamlNode> fields = new LinkedHashMap<>();

  private Fields(boolean json, String fileName, String path, YamlNode value) {
    this.json = json;
    this.fileName = fileName;
    this.path = path;
    this.origin = value.origin();
    if (value instanceof YamlNode.Section section) {
      section.entries().forEach(entry -> fields.put(entry.key(), entry.value()));
    }
  }

  /// The members of a JSON file's object.
  ///
  /// @throws WorkerException also when the file cannot be read or is not JSON
  public static Fields json(Path file, int maxBytes) {
    YamlNode root = JsonReader.read(file, maxBytes);
    Fields fields = new Fields(true, Printable.shortName(file), "", root);
    if (!(root instanceof YamlNode.Section)) {
      throw fields.invalid(root.origin(), "content", fields.shown(root), "a JSON object");
    }
    return fields;
  }

  /// The entries of a YAML file.
  ///
  /// @param known names of which others are errors
  public static Fields yaml(Path file, YamlNode root, Set<String> known) {
    return known(Printable.shortName(file), "", root, known);
  }

  private static Fields known(String fileName, String path, YamlNode value, Set<String> known) {
    Fields fields = new Fields(false, fileName, path, value);
    String names = String.join(", ", known.stream().sorted().toList());
    if (!(value instanceof YamlNode.Section section)) {
      throw fields.invalid(value.origin(), path, fields.shown(value), "a map of " + names);
    }
    for (YamlNode.Entry entry : section.entries()) {
      if (!known.contains(entry.key())) {
        throw fields.invalid(entry.origin(), path, "key " + entry.key(), names);
      }
    }
    return fields;
  }

  /// Names of the fields, in the order of the file.
  public Set<String> names() {
    return Collections.unmodifiableSet(fields.keySet());
  }

  public boolean has(String key) {
    return fields.containsKey(key);
  }

  /// The fields of an inner mapping; none when it is missing or something else.
  public Fields inner(String key) {
    YamlNode value = fields.get(key);
    return new Fields(
        json, fileName, at(key), value == null ? new YamlNode.Items(origin, List.of()) : value);
  }

  /// As [#inner], but what is something else is an error, and so is an empty name in it.
  public Fields map(String key) {
    Fields inner = inner(key);
    boolean isMap = value(key).isEmpty() || fields.get(key) instanceof YamlNode.Section;
    if (!isMap || inner.has("")) {
      throw invalid(key, "an object whose keys are not empty");
    }
    return inner;
  }

  /// A list of mappings with these known names; none when the field is missing.
  public List<Fields> mappings(String key, Set<String> known) {
    YamlNode value = fields.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof YamlNode.Items list)) {
      throw invalid(key, "a list");
    }
    List<Fields> mappings = new ArrayList<>();
    for (YamlNode item : list.items()) {
      mappings.add(known(fileName, at(key) + "[" + mappings.size() + "]", item, known));
    }
    return mappings;
  }

  /// A text that `pattern` matches exactly as it was written.
  public String exact(String key, Pattern pattern) {
    String printable = text(key, pattern);
    if (fields.get(key) instanceof YamlNode.Scalar scalar && !scalar.text().equals(printable)) {
      throw invalid(key, Redaction.ascii(scalar.text()), pattern.pattern());
    }
    return printable;
  }

  /// A text of one line that `pattern` matches.
  public String text(String key, Pattern pattern) {
    String value = text(key).orElse("");
    if (!pattern.matcher(value).matches()) {
      throw invalid(key, value, pattern.pattern());
    }
    return value;
  }

  /// A text of one line, without the blanks around it; empty when the field is missing. In JSON it
  /// must be a string.
  public Optional<String> text(String key) {
    return value(key)
        .map(value ->
            json
                ? string(value).orElseThrow(() -> invalid(key, "a string")).strip()
                : printable(key, value));
  }

  /// A list of texts; a single text counts as a list of one, a missing field as none.
  public List<String> texts(String key) {
    return items(key).stream().map(item -> printable(key, item)).toList();
  }

  /// A list of strings, unchanged; a single string counts as a list of one.
  public List<String> strings(String key) {
    List<String> strings = items(key).stream().flatMap(item -> string(item).stream()).toList();
    if (value(key).isEmpty() || strings.size() < items(key).size()) {
      throw invalid(key, "a string or a list of strings");
    }
    return strings;
  }

  /// A whole number; in JSON `22050.0` is one too, since some exporters write it so.
  public long wholeNumber(String key, long min, long max) {
    return wholeNumber(key, fields.get(key), min, max);
  }

  /// As [#wholeNumber(String, long, long)].
  public int wholeNumber(String key, int missing, int min, int max) {
    return value(key).isEmpty() ? missing : (int) wholeNumber(key, min, max);
  }

  /// A list of at least one whole number.
  public List<Integer> wholeNumbers(String key, int min, int max) {
    if (!(fields.get(key) instanceof YamlNode.Items list) || list.items().isEmpty()) {
      throw invalid(key, "a list of whole numbers " + min + ".." + max);
    }
    return list.items().stream().map(item -> (int) wholeNumber(key, item, min, max)).toList();
  }

  public float number(String key, float missing, float min, float max) {
    float value = value(key).isEmpty() ? missing : (float) number(fields.get(key));
    if (value >= min && value <= max) {
      return value;
    }
    throw invalid(key, "a number " + min + ".." + max);
  }

  private long wholeNumber(String key, @Nullable YamlNode node, long min, long max) {
    double value = number(node);
    if (value >= min && value <= max && value == Math.rint(value)) {
      return (long) value;
    }
    throw invalid(key, shown(node), "a whole number " + min + ".." + max);
  }

  /// Not a number when it is none. In JSON it stands without quotes; in YAML it has digits only,
  /// and underscores between them.
  private double number(@Nullable YamlNode node) {
    if (!(node instanceof YamlNode.Scalar scalar) || (json && scalar.style() != Style.NUMBER)) {
      return Double.NaN;
    }
    String digits = json ? scalar.text() : scalar.text().replace("_", "");
    boolean isNumber = (json ? NUMBER : DIGITS).matcher(digits).matches();
    return isNumber ? Double.parseDouble(digits) : Double.NaN;
  }

  private Optional<YamlNode> value(String key) {
    return Optional.ofNullable(fields.get(key)).filter(value -> !json || !isNothing(value));
  }

  private List<YamlNode> items(String key) {
    return value(key)
        .map(value -> value instanceof YamlNode.Items list ? list.items() : List.of(value))
        .orElse(List.of());
  }

  private static Optional<String> string(YamlNode value) {
    return value instanceof YamlNode.Scalar scalar && scalar.style() == Style.TEXT
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  private String printable(String key, YamlNode value) {
    if (value instanceof YamlNode.Scalar scalar && scalar.text().length() <= MAX_CHARS) {
      return Printable.printable(scalar.text(), MAX_CHARS);
    }
    String allowed = "a text of at most " + MAX_CHARS + " characters";
    throw invalid(value.origin(), at(key), shown(value), allowed);
  }

  /// The error of a field's value.
  public WorkerException invalid(String key, String allowed) {
    return invalid(key, shown(fields.get(key)), allowed);
  }

  /// As [#invalid(String, String)].
  ///
  /// @param value what the message shows of it; empty when it is missing
  public WorkerException invalid(String key, String value, String allowed) {
    YamlNode field = fields.get(key);
    return invalid(field == null ? origin : field.origin(), at(key), value, allowed);
  }

  private WorkerException invalid(Location place, String field, String value, String allowed) {
    String name = field.isEmpty() ? "top level" : Printable.printable(field, 80);
    String shown = Printable.printable(value, 120);
    String message =
        json
            ? "%s: %s is %s".formatted(fileName, name, shown.isEmpty() ? "missing" : shown)
            : "%s, line %d: %s: %s"
                .formatted(
                    fileName, place.line(), name, shown.isEmpty() ? "missing or empty" : shown);
    return new WorkerException(
        json ? ErrorCode.INVALID_VOICEPACK : ErrorCode.INVALID_CONFIGURATION,
        message + "; allowed: " + Printable.printable(allowed, 200));
  }

  /// Empty for what is missing.
  private String shown(@Nullable YamlNode value) {
    return switch (value) {
      case null -> "";
      case YamlNode.Scalar scalar when json && isNothing(scalar) -> "";
      case YamlNode.Scalar scalar when json && scalar.style() == Style.TEXT ->
          StringNode.valueOf(scalar.text()).toString();
      case YamlNode.Scalar scalar -> scalar.text();
      case YamlNode.Items list -> "a list of " + list.items().size();
      case YamlNode.Section map -> json ? "an object" : "a map of " + map.entries().size();
    };
  }

  private static boolean isNothing(YamlNode value) {
    return value instanceof YamlNode.Scalar scalar && scalar.style() == Style.NOTHING;
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
