package dev.ttsworker.engine.text.normalization.language;

import java.util.List;

/// Noun that is counted: a unit, a currency, a scale. Immutable.
///
/// @param gender the form of the number before it: `m`, `f`, `n`, or `c` for one that does not
///   agree
/// @param one after 1
/// @param few after 2; in Polish after 2, 3, 4
/// @param many after 5 and in the genitive plural
/// @param part after a fraction, and in the genitive singular
record Noun(String gender, String one, String few, String many, String part) {
  /// A line of data: `gender; one; few; many; part`, of which the last ones may be left out.
  static Noun of(LanguageData.Entry entry) {
    return of(entry.value(), entry);
  }

  /// Whether its singular has the number in it: `=un'ora`.
  boolean isWithArticle() {
    return one.startsWith("=");
  }

  String withArticle() {
    return one.substring(1);
  }

  static Noun of(String value, LanguageData.Entry entry) {
    List<String> fields = List.of(value.split("; ?", -1));
    if (fields.size() < 2 || fields.size() > 5 || fields.get(0).length() != 1) {
      throw entry.wrong("GENDER; ONE; FEW; MANY; PART");
    }
    String few = fields.size() > 2 ? fields.get(2) : fields.get(1);
    String many = fields.size() > 3 ? fields.get(3) : few;
    return new Noun(
        fields.get(0), fields.get(1), few, many, fields.size() > 4 ? fields.get(4) : many);
  }
}
