package dev.ttsworker.config.value;

import dev.ttsworker.yaml.Raw;
import dev.ttsworker.yaml.Raw.Style;
import java.util.ArrayList;
import java.util.List;

/// A list; in the environment and on the command line its items are separated by commas.
public record ListType<T>(ScalarType<T> item, int least, int most) implements ValueType<List<T>> {

  @Override
  public String allowed() {
    return "a list of " + least + ".." + most + " items, each " + item.allowed();
  }

  @Override
  public List<T> read(Raw raw) throws NotAllowed {
    List<T> values = new ArrayList<>();
    for (Raw each : items(raw)) {
      values.add(item.read(each));
    }
    if (values.size() < least || values.size() > most) {
      throw new NotAllowed(raw, ScalarType.notAllowed(raw.show()), allowed(), "");
    }
    return List.copyOf(values);
  }

  private List<Raw> items(Raw raw) throws NotAllowed {
    return switch (raw) {
      case Raw.Items list -> list.items();
      case Raw.Scalar scalar when scalar.style() == Style.OPEN -> split(scalar);
      case Raw.Scalar scalar ->
          throw new NotAllowed(scalar, ScalarType.notAllowed(scalar.show()), allowed(), "");
      case Raw.Section section ->
          throw new NotAllowed(section, ScalarType.notAllowed(section.show()), allowed(), "");
    };
  }

  private static List<Raw> split(Raw.Scalar scalar) {
    List<Raw> items = new ArrayList<>();
    for (String part : scalar.text().split(",", -1)) {
      String item = ScalarType.withoutSpaces(part);
      if (!item.isEmpty()) {
        items.add(new Raw.Scalar(scalar.origin(), item, Style.OPEN));
      }
    }
    return items;
  }
}
