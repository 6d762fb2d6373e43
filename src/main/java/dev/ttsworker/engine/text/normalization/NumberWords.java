package dev.ttsworker.engine.text.normalization;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// English number words, below 10^18. Immutable.
final class NumberWords {
  /// Longer runs of digits are verbalized digit by digit.
  private static final int LONGEST = 15;

  private static final long LAKH = 100_000;
  private static final long CRORE = 10_000_000;

  /// Commas of the Indian system.
  private static final Predicate<String> INDIAN =
      Pattern.compile("[1-9]\\d?(?:,\\d{2}){1,4},\\d{3}(?:\\.\\d{1,20})?").asMatchPredicate();

  private static final List<String> SMALL =
      List.of(
          ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                  + " fifteen sixteen seventeen eighteen nineteen")
              .split(" ", -1));
  private static final List<String> TENS =
      List.of("- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ", -1));
  private static final List<String> SCALES =
      List.of(" thousand million billion trillion quadrillion".split(" ", -1));
  private static final Map<String, String> ORDINALS =
      Map.of(
          "one", "first",
          "two", "second",
          "three", "third",
          "five", "fifth",
          "eight", "eighth",
          "nine", "ninth",
          "twelve", "twelfth");

  private final boolean and;

  NumberWords(Dialect dialect) {
    this.and = dialect == Dialect.GB;
  }

  /// `105` is "one hundred five", in Britain "one hundred and five".
  String cardinal(long number) {
    if (number < 0) {
      return "minus " + cardinal(-number);
    }
    if (number < 1_000) {
      return belowThousand((int) number);
    }
    StringJoiner words = new StringJoiner(" ");
    long unit = 1_000_000_000_000_000L;
    for (int scale = SCALES.size() - 1; scale >= 0; scale--) {
      int part = (int) (number / unit % 1_000);
      if (part > 0) {
        boolean last = scale == 0 && part < 100 && and;
        words.add((last ? "and " : "") + belowThousand(part));
        words.add(SCALES.get(scale));
      }
      unit /= 1_000;
    }
    return words.toString().strip();
  }

  private String belowThousand(int number) {
    if (number < 100) {
      return belowHundred(number);
    }
    String hundreds = SMALL.get(number / 100) + " hundred";
    int rest = number % 100;
    return rest == 0 ? hundreds : hundreds + (and ? " and " : " ") + belowHundred(rest);
  }

  private static String belowHundred(int number) {
    if (number < SMALL.size()) {
      return SMALL.get(number);
    }
    String tens = TENS.get(number / 10);
    return number % 10 == 0 ? tens : tens + "-" + SMALL.get(number % 10);
  }

  /// `21` is "twenty-first".
  String ordinal(long number) {
    return lastWord(cardinal(number), NumberWords::ordinalOf);
  }

  private static String ordinalOf(String cardinal) {
    String listed = ORDINALS.get(cardinal);
    if (listed != null) {
      return listed;
    }
    return cardinal.endsWith("y")
        ? cardinal.substring(0, cardinal.length() - 1) + "ieth"
        : cardinal + "th";
  }

  /// `nineteen ninety` becomes `nineteen nineties`.
  static String plural(String words) {
    return lastWord(
        words,
        word ->
            word.endsWith("y")
                ? word.substring(0, word.length() - 1) + "ies"
                : word + (word.endsWith("x") ? "es" : "s"));
  }

  private static String lastWord(String words, java.util.function.UnaryOperator<String> change) {
    int start = Math.max(words.lastIndexOf(' '), words.lastIndexOf('-')) + 1;
    return words.substring(0, start) + change.apply(words.substring(start));
  }

  /// `1999` is "nineteen ninety-nine", `2005` "two thousand five".
  ///
  /// @param year 1..9999
  String year(int year) {
    int century = year / 100;
    int rest = year % 100;
    if (year < 1_000 || (century % 10 == 0 && rest < 10)) {
      return cardinal(year);
    }
    if (rest == 0) {
      return belowHundred(century) + " hundred";
    }
    return belowHundred(century) + (rest < 10 ? " oh " : " ") + belowHundred(rest);
  }

  /// Digit by digit; other characters are dropped.
  String digits(String digits) {
    StringJoiner words = new StringJoiner(" ");
    digits.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> words.add(SMALL.get(c - '0')));
    return words.toString();
  }

  /// `1,50,000` is "one lakh fifty thousand".
  private String indian(long number) {
    StringJoiner words = new StringJoiner(" ");
    if (number >= CRORE) {
      words.add(cardinal(number / CRORE)).add("crore");
    }
    long lakhs = number % CRORE / LAKH;
    if (lakhs > 0) {
      words.add(cardinal(lakhs)).add("lakh");
    }
    long rest = number % LAKH;
    if (rest > 0) {
      words.add((rest < 100 && and ? "and " : "") + cardinal(rest));
    }
    return words.toString();
  }

  /// A number as written: with commas between thousands, a decimal point, and a sign. One with
  /// leading zeros, or too long for words, is verbalized digit by digit.
  String written(String number) {
    String plain = number.replace(",", "");
    if (plain.startsWith("-") || plain.startsWith("−")) {
      return "minus " + written(plain.substring(1));
    }
    if (plain.startsWith("+")) {
      return "plus " + written(plain.substring(1));
    }
    int stop = plain.indexOf('.');
    if (INDIAN.test(number) && plain.length() <= LONGEST) {
      return indian(Long.parseLong(stop < 0 ? plain : plain.substring(0, stop)))
          + (stop < 0 ? "" : " point " + digits(plain.substring(stop + 1)));
    }
    String whole = stop < 0 ? plain : plain.substring(0, stop);
    String words = whole.isEmpty() ? "" : whole(whole);
    return stop < 0 ? words : (words + " point " + digits(plain.substring(stop + 1))).strip();
  }

  private String whole(String digits) {
    boolean leadingZero = digits.length() > 1 && digits.startsWith("0");
    return digits.length() > LONGEST || leadingZero
        ? digits(digits)
        : cardinal(Long.parseLong(digits));
  }
}
