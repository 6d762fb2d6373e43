package dev.ttsworker.engine.text.normalization;

/// Shared resources of the English rules. Immutable.
///
/// @param numbers number words of the dialect
/// @param letters spells acronyms and splits names
record English(Dialect dialect, NumberWords numbers, Letters letters) {
  static English of(Dialect dialect) {
    NumberWords numbers = new NumberWords(dialect);
    return new English(dialect, numbers, new Letters(numbers));
  }

  boolean isBritish() {
    return dialect == Dialect.GB;
  }
}
