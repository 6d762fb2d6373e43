package dev.ttsworker.voicepack.catalogue;

import java.util.Locale;
import java.util.Optional;

/// Whether a voice may be used commercially, as its model card says.
public enum CommercialUse {
  /// Nothing is known that forbids it, neither of its data nor of a voice that it comes from.
  YES,
  /// The licence of its data forbids it.
  NO,
  /// Unknown, or disputed.
  UNKNOWN;

  /// As it is written.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<CommercialUse> parse(String text) {
    for (CommercialUse use : values()) {
      if (use.label().equals(text)) {
        return Optional.of(use);
      }
    }
    return Optional.empty();
  }
}
