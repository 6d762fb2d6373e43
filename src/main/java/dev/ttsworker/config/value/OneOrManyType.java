package dev.ttsworker.config.value;

import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlNode.Style;
import java.util.List;

/// Type of one value, or a list of them.
public record OneOrManyType<T>(ListType<T> list) implements ValueType<List<T>> {

  @Override
  public String allowed() {
    return list.item().allowed() + ", or " + list.allowed();
  }

  @Override
  public List<T> read(YamlNode raw) throws NotAllowed {
    return raw instanceof YamlNode.Scalar one && one.style() != Style.OPEN
        ? List.of(list.item().read(one))
        : list.read(raw);
  }
}
