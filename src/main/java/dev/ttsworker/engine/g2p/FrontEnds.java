package dev.ttsworker.engine.g2p;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Registry of the engine's front ends, by name.
public final class FrontEnds {
  /// eSpeak NG.
  public static final String ESPEAK = "espeak";

  /// Graphemes.
  public static final String LETTERS = "text";

  private final Map<String, FrontEnd> byName;

  /// @param all the first one of a name is used
  public FrontEnds(List<FrontEnd> all) {
    byName =
        all.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    FrontEnd::name, Function.identity(), (first, _) -> first));
  }

  /// The front end of a name.
  ///
  /// @throws IllegalArgumentException when there is none
  public FrontEnd get(String name) {
    FrontEnd found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException("front end " + name + "; there are " + byName.keySet());
    }
    return found;
  }
}
