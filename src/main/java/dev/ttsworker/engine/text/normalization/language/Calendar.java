package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.Cursor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Months, and how days and years of dates are said. Immutable.
final class Calendar {
  private static final int LAST_DAY = 31;
  private static final int PIVOT = 50;

  private final Language language;
  private final Ordinals ordinals;
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<String, Integer> months = new LinkedHashMap<>();
  private final boolean ordinalDays;
  private final boolean ordinalFirst;
  private final String dayForm;
  private final String[] year;

  Calendar(Language language) {
    this.language = language;
    this.ordinals =
        new Ordinals(
            language,
            language.data().section("day words").isEmpty() ? "ordinal words" : "day words");
    LanguageData data = language.data();
    data.section("months")
        .forEach((number, entry) -> {
          String[] halves = entry.value().split("; ", -1);
          int month = Integer.parseInt(number);
          names.put(month, halves[0]);
          for (String written : halves[halves.length - 1].split(", ", -1)) {
            months.put(written, month);
            months.put(Character.toUpperCase(written.charAt(0)) + written.substring(1), month);
          }
        });
    ordinalDays = data.setting("days").equals("ordinal");
    ordinalFirst = data.setting("first day").equals("ordinal");
    dayForm = data.setting("day form");
    year = data.setting("year of a date").split(":", -1);
  }

  Set<String> writtenMonths() {
    return months.keySet();
  }

  int month(String written) {
    return Objects.requireNonNull(months.get(written));
  }

  static boolean isDay(String digits) {
    int day = Integer.parseInt(digits);
    return day >= 1 && day <= LAST_DAY;
  }

  /// The day in the form that the words before the date ask for.
  String day(Cursor text, int at, int day) {
    return day(day, dayForm(text, at));
  }

  /// The form of a day; after an elided article, "l'1 maggio", that of a number.
  String dayForm(Cursor text, int at) {
    char before = text.peek(at - 1);
    boolean elided = before == '\'' || before == '’';
    return ordinalDays
        ? ordinals.formBefore(text, at, "m").orElse(dayForm)
        : elided ? Numerals.COUNTING : dayForm;
  }

  String day(int day, String form) {
    if (ordinalDays || (ordinalFirst && day == 1 && !form.equals(Numerals.COUNTING))) {
      return ordinals.say(day, form);
    }
    return language.numerals().say(day, Numerals.CARDINAL, Numerals.COUNTING);
  }

  /// @param digits two or four
  String year(String digits) {
    int value = Integer.parseInt(digits);
    if (digits.length() == 2) {
      value += value < PIVOT ? 2000 : 1900;
    }
    return language.numerals().say(value, year[0], year[1]);
  }

  /// A date in words.
  String say(String day, int month, Optional<String> yearWords) {
    String template = language.data().setting(yearWords.isPresent() ? "date" : "date without year");
    return template
        .replace("{d}", day)
        .replace("{m}", Objects.requireNonNull(names.get(month)))
        .replace("{y}", yearWords.orElse(""));
  }

  /// Whether the word before announces something that is no date, such as a version.
  boolean isExcluded(Cursor text, int at) {
    return language
        .data()
        .section("before no date")
        .containsKey(text.wordBefore(at).toLowerCase(Locale.ROOT));
  }
}
