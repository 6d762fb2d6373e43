package dev.ttsworker.engine.text.normalization;

import java.util.List;
import java.util.Optional;

/// Verbalization of day and month in the order of the dialect. Immutable.
final class MonthDays {
  private static final List<String> MONTHS =
      List.of(
          ("- January February March April May June July August September October November"
                  + " December")
              .split(" ", -1));

  private final English english;

  MonthDays(English english) {
    this.english = english;
  }

  static String month(int number) {
    return MONTHS.get(number);
  }

  static boolean isValid(int month, int day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  /// "May fifth", in Britain "the fifth of May"; with the year if present.
  String numeric(int month, int day, Optional<Integer> year) {
    return english.isBritish() ? dayFirst(month, day, year, true) : monthFirst(month, day, year);
  }

  String monthFirst(int month, int day, Optional<Integer> year) {
    String the = english.isBritish() ? " the " : " ";
    return MONTHS.get(month)
        + the
        + english.numbers().ordinal(day)
        + year.map(y -> ", " + english.numbers().year(y)).orElse("");
  }

  String dayFirst(int month, int day, Optional<Integer> year, boolean article) {
    return (article ? "the " : "")
        + english.numbers().ordinal(day)
        + " of "
        + MONTHS.get(month)
        + year.map(y -> " " + english.numbers().year(y)).orElse("");
  }
}
