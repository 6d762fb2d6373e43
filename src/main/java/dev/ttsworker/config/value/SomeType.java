package dev.ttsworker.config.value;

import dev.ttsworker.yaml.Raw;
import dev.ttsworker.yaml.Raw.Style;
import java.util.List;

/// One value, or a list of them.
public record SomeType<T>(ListType<T> list) implements ValueType<List<T>> {

  @Override
  public String allowed() {
    return list.item().allowed() + ", or " + list.allowed();
  }

  @Override
  public List<T> read(Raw raw) throws NotAllowed {
    return raw instanceof Raw.Scalar one && one.style() != Style.OPEN
        ? List.of(list.item().read(one))
        : list.read(raw);
  }
}
