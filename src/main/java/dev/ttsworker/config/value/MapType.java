package dev.ttsworker.config.value;

import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlNode.Style;
import java.util.LinkedHashMap;
import java.util.Map;

/// Map type: a section whose keys are values too; only in the file.
public record MapType<T>(ScalarType<T> part) implements ValueType<Map<T, T>> {

  @Override
  public String allowed() {
    return "key: value pairs, each " + part.allowed();
  }

  @Override
  public Map<T, T> read(YamlNode raw) throws NotAllowed {
    if (!(raw instanceof YamlNode.Section section)) {
      throw new NotAllowed(raw, ScalarType.notAllowed(raw.show()), allowed(), "");
    }
    Map<T, T> values = new LinkedHashMap<>();
    for (YamlNode.Entry entry : section.entries()) {
      T key = part.read(new YamlNode.Scalar(entry.origin(), entry.key(), Style.OPEN));
      values.put(key, part.read(entry.value()));
    }
    return Map.copyOf(values);
  }
}
