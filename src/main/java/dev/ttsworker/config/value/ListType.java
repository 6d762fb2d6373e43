package dev.ttsworker.config.value;

import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.List;

/// List type; in the environment and on the command line its items are separated by commas.
public record ListType<T>(ScalarType<T> item, int least, int most) implements ValueType<List<T>> {

  @Override
  public String allowed() {
    return "a list of " + least + ".." + most + " items, each " + item.allowed();
  }

  @Override
  public List<T> read(YamlNode raw) throws NotAllowed {
    List<T> values = new ArrayList<>();
    for (YamlNode each : items(raw)) {
      values.add(item.read(each));
    }
    if (values.size() < least || values.size() > most) {
      throw new NotAllowed(raw, ScalarType.notAllowed(raw.show()), allowed(), "");
    }
    return List.copyOf(values);
  }

  private List<YamlNode> items(YamlNode raw) throws NotAllowed {
    return switch (raw) {
      case YamlNode.Items list -> list.items();
      case YamlNode.Scalar scalar when scalar.style() == Style.OPEN -> split(scalar);
      case YamlNode.Scalar scalar ->
          throw new NotAllowed(scalar, ScalarType.notAllowed(scalar.show()), allowed(), "");
      case YamlNode.Section section ->
          throw new NotAllowed(section, ScalarType.notAllowed(section.show()), allowed(), "");
    };
  }

  private static List<YamlNode> split(YamlNode.Scalar scalar) {
    List<YamlNode> items = new ArrayList<>();
    for (String part : scalar.text().split(",", -1)) {
      String item = ScalarType.withoutSpaces(part);
      if (!item.isEmpty()) {
        items.add(new YamlNode.Scalar(scalar.origin(), item, Style.OPEN));
      }
    }
    return items;
  }
}
