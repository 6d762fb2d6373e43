package dev.ttsworker.text.normal;

import java.util.Optional;

/// Ordinals: `1st`, `22nd`, `1,000th`, `20th-century`.
final class OrdinalRule implements Rule {
  private static final Form ORDINAL =
      Form.of(
          "(?<number>\\d{1,3}(?:,\\d{3}){1,3}|\\d{1,9}) ?(?:(?<![ ])(?:st|nd|rd|th|ST|ND|RD|TH)|ᵗʰ|ˢᵗ)(?![\\p{L}\\p{N}])");

  private final NumberWords numbers;

  OrdinalRule(English english) {
    this.numbers = english.numbers();
  }

  @Override
  public Optional<Reading> read(Source text, int at) {
    return ORDINAL
        .at(text, at)
        .map(m ->
            Reading.of(
                m.end(), numbers.ordinal(Long.parseLong(m.group("number").replace(",", "")))));
  }
}
