package dev.ttsworker.engine.text.normalization;

import java.util.Optional;

/// Text normalization rule of one semiotic class. Immutable. Reads a bounded number of characters.
@FunctionalInterface
public interface Rule {
  /// Verbalizes the expression that begins at `at`; empty when there is none.
  Optional<Verbalization> read(Cursor text, int at);
}
