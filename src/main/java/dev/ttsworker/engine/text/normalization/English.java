package dev.ttsworker.engine.text.normalization;

/// What the rules of English share. Immutable.
///
/// @param numbers number words of the dialect
/// @param letters spells acronyms and takes names apart
record English(Dialect dialect, NumberWords numbers, Letters letters) {
  static English of(Dialect dialect) {
    NumberWords numbers = new NumberWords(dialect);
    return new English(dialect, numbers, new Letters(numbers));
  }

  boolean isBritish() {
    return dialect == Dialect.GB;
  }
}
