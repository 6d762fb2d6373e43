package dev.ttsworker.engine.text.normalization.language;

/// Grammatical case of a number. It may have number words of its own, or its own endings of a
/// gender. Immutable.
///
/// @param name of a rule set, or the second word of a form; empty for the case without a cause
record GrammaticalCase(String name) {
  static final GrammaticalCase NONE = new GrammaticalCase("");

  private static final String GENITIVE = "genitive";

  /// Whether a unit is in the genitive.
  boolean isGenitive() {
    return name.equals(GENITIVE);
  }

  /// The rule set.
  String set(Numerals numerals) {
    return numerals.has(name) ? name : Numerals.CARDINAL;
  }

  /// The form of a gender.
  String form(Numerals numerals, String gender) {
    String form = gender + " " + name;
    return numerals.hasForm(form) ? form : gender;
  }
}
