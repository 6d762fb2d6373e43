package dev.ttsworker.engine.text.normalization;

import java.util.Optional;

/// Text normalization of ordinals (semiotic class ordinal): `1st`, `22nd`, `1,000th`,
/// `20th-century`.
final class OrdinalRule implements Rule {
  private static final BoundedPattern ORDINAL =
      BoundedPattern.of(
          "(?<number>\\d{1,3}(?:,\\d{3}){1,3}|\\d{1,9}) ?(?:(?<![ ])(?:st|nd|rd|th|ST|ND|RD|TH)|ᵗʰ|ˢᵗ)(?![\\p{L}\\p{N}])");

  private final NumberWords numbers;

  OrdinalRule(English english) {
    this.numbers = english.numbers();
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    return ORDINAL
        .at(text, at)
        .map(m ->
            Verbalization.of(
                m.end(), numbers.ordinal(Long.parseLong(m.group("number").replace(",", "")))));
  }
}
