package dev.ttsworker.engine.text.normalization;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;

/// Verbalization of fractions. Immutable.
final class Fractions {
  private static final int LARGEST_BOTTOM = 20;

  private final NumberWords numbers;

  Fractions(NumberWords numbers) {
    this.numbers = numbers;
  }

  /// `3/4` is "three quarters", `7/10` "seven out of ten", `120/80` "one hundred twenty over
  /// eighty".
  Optional<String> of(String topDigits, String bottomDigits) {
    int top = Integer.parseInt(topDigits);
    int bottom = Integer.parseInt(bottomDigits);
    String pair = topDigits + "/" + bottomDigits;
    if (List.of("24/7", "9/11", "7/7", "50/50").contains(pair)) {
      return Optional.of(
          pair.equals("50/50")
              ? "fifty-fifty"
              : numbers.cardinal(top) + " " + numbers.cardinal(bottom));
    }
    if (bottom < 2 || bottomDigits.startsWith("0") || topDigits.startsWith("0")) {
      return Optional.empty();
    }
    if ((bottom == 10 || bottom == 100) && top > 1 && top <= bottom) {
      return Optional.of(numbers.cardinal(top) + " out of " + numbers.cardinal(bottom));
    }
    if (top >= bottom || (bottom > LARGEST_BOTTOM && bottom != 100 && bottom != 1_000)) {
      return Optional.of(numbers.cardinal(top) + " over " + numbers.cardinal(bottom));
    }
    return Optional.of(numbers.cardinal(top) + " " + part(bottom, top > 1));
  }

  private String part(int bottom, boolean several) {
    return switch (bottom) {
      case 2 -> several ? "halves" : "half";
      case 4 -> several ? "quarters" : "quarter";
      case 100 -> several ? "hundredths" : "hundredth";
      case 1_000 -> several ? "thousandths" : "thousandth";
      default -> numbers.ordinal(bottom) + (several ? "s" : "");
    };
  }

  /// `½` is "one half".
  Optional<String> ofSign(char sign) {
    String[] parts =
        Normalizer.normalize(Character.toString(sign), Normalizer.Form.NFKC).split("⁄", -1);
    return parts.length == 2 ? of(parts[0], parts[1]) : Optional.empty();
  }
}
