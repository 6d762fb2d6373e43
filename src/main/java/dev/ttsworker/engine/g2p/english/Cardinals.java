package dev.ttsworker.engine.g2p.english;

import java.util.ArrayList;
import java.util.List;

/// Words of a number in digits, for text that was not verbalized: a cardinal of up to twelve
/// digits, any other digit by digit.
final class Cardinals {
  private static final String[] SMALL =
      ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
              + " fifteen sixteen seventeen eighteen nineteen")
          .split(" ", -1);
  private static final String[] TENS =
      "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split(" ", -1);
  private static final String[] GROUPS = {"", "thousand", "million", "billion"};
  private static final int LONGEST = 12;

  private Cardinals() {}

  /// @param digits ASCII or other decimal digits, one or more
  static List<String> words(String digits) {
    List<String> words = new ArrayList<>();
    if (digits.length() > LONGEST || (digits.length() > 1 && value(digits, 0) == 0)) {
      for (int i = 0; i < digits.length(); i++) {
        words.add(SMALL[value(digits, i)]);
      }
      return words;
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      number = 10 * number + value(digits, i);
    }
    if (number == 0) {
      return List.of(SMALL[0]);
    }
    for (int group = GROUPS.length - 1; group >= 0; group--) {
      int part = (int) (number / Math.powExact(1_000L, group) % 1_000);
      if (part > 0) {
        addPart(part, words);
        if (group > 0) {
          words.add(GROUPS[group]);
        }
      }
    }
    return words;
  }

  private static int value(String digits, int at) {
    return Math.max(0, Character.digit(digits.charAt(at), 10));
  }

  private static void addPart(int part, List<String> words) {
    if (part >= 100) {
      words.add(SMALL[part / 100]);
      words.add("hundred");
    }
    int rest = part % 100;
    if (rest >= SMALL.length) {
      words.add(TENS[rest / 10]);
      rest %= 10;
    }
    if (rest > 0) {
      words.add(SMALL[rest]);
    }
  }
}
