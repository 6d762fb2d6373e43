package dev.ttsworker.engine.text.normalization;

import java.util.Optional;

/// Reads one class of expressions. Immutable. Looks at a bounded number of characters.
@FunctionalInterface
interface Rule {
  /// What is said for the expression that begins right at `at`; empty when there is none.
  Optional<Verbalization> read(Cursor text, int at);
}
