package dev.ttsworker.voicepack;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.yaml.Location;
import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlNode.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON reader: a file as the nodes that [Fields] reads, which have no lines.
final class JsonReader {
  /// Of a name that stands twice, which one is meant nobody knows.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Location origin;

  private JsonReader(Location origin) {
    this.origin = origin;
  }

  /// @throws WorkerException `INVALID_VOICEPACK` when the file cannot be read or is not JSON
  static YamlNode read(Path file, int maxBytes) {
    String name = Printable.shortName(file);
    try {
      JsonNode root = JSON.readTree(SmallFile.read(file, maxBytes));
      return new JsonReader(new Location(name, 0)).node(root);
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK, name + ": cannot be read: " + SmallFile.reason(e), e);
    } catch (JacksonException e) {
      String reason = Printable.printable(e.getOriginalMessage(), 200);
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "%s: not valid JSON at line %d: %s".formatted(name, line(e), reason),
          e);
    }
  }

  private static int line(JacksonException e) {
    return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
  }

  private YamlNode node(JsonNode json) {
    if (json.isObject()) {
      List<YamlNode.Entry> entries =
          json.properties().stream()
              .map(member -> new YamlNode.Entry(origin, member.getKey(), node(member.getValue())))
              .toList();
      return new YamlNode.Section(origin, entries);
    }
    if (json.isArray()) {
      return new YamlNode.Items(origin, json.valueStream().map(this::node).toList());
    }
    if (json.isString()) {
      return new YamlNode.Scalar(origin, json.stringValue(), Style.TEXT);
    }
    Style style = json.isNumber() ? Style.NUMBER : json.isBoolean() ? Style.FLAG : Style.NOTHING;
    return new YamlNode.Scalar(origin, json.toString(), style);
  }
}
