package dev.ttsworker.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a server can be put under.
public enum Load {
  CLOSED("closed"),
  CONVERSATION("conversation"),
  BARGE_IN("barge-in");

  private final String label;

  Load(String label) {
    this.label = label;
  }

  /// As it is typed and printed.
  public String label() {
    return label;
  }

  public static Optional<Load> of(String label) {
    return Arrays.stream(values()).filter(load -> load.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Load::label).toList();
  }
}
