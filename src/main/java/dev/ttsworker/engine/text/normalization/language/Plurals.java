package dev.ttsworker.engine.text.normalization.language;

/// Plural rule: which form a noun takes after a number.
enum Plurals {
  /// One, and all others.
  TWO {
    @Override
    String ofWhole(long number, Noun noun) {
      return number == 1 ? noun.one() : noun.few();
    }
  },
  /// Below two, and all others.
  FRENCH {
    @Override
    String ofWhole(long number, Noun noun) {
      return number < 2 ? noun.one() : noun.few();
    }
  },
  /// One; those that end with 2, 3, 4 except 12, 13, 14; all others; fractions.
  POLISH {
    @Override
    String ofWhole(long number, Noun noun) {
      if (number == 1) {
        return noun.one();
      }
      long last = number % 10;
      boolean few = last >= 2 && last <= 4 && number % 100 / 10 != 1;
      return few ? noun.few() : noun.many();
    }
  };

  abstract String ofWhole(long number, Noun noun);

  /// The form after a number.
  String of(WrittenNumber number, Noun noun) {
    if (!number.isNumber()) {
      return noun.many();
    }
    if (number.isWhole()) {
      return ofWhole(number.value(), noun);
    }
    return this == FRENCH ? ofWhole(number.value(), noun) : noun.part();
  }

  static Plurals of(String name) {
    return switch (name) {
      case "two" -> TWO;
      case "french" -> FRENCH;
      case "polish" -> POLISH;
      default ->
          throw new IllegalStateException(
              "plurals = " + name + " is none of two, french and polish");
    };
  }
}
