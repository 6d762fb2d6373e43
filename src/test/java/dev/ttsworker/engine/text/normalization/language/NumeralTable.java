package dev.ttsworker.engine.text.normalization.language;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Scanner;

/// Numbers in words, for scripts/compare-numbers.py: reads lines `tag set form number`, prints a
/// line for each.
final class NumeralTable {
  private NumeralTable() {}

  static void main() {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    String tag = "";
    Numerals numerals = new Numerals(LanguageData.read(List.of()));
    Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8);
    while (lines.hasNextLine()) {
      String[] asked = lines.nextLine().split(" ", -1);
      if (!asked[0].equals(tag)) {
        tag = asked[0];
        numerals = new Numerals(LanguageData.read(LanguageNormalizers.files(tag)));
      }
      out.println(numerals.say(Long.parseLong(asked[3]), asked[1], asked[2]));
    }
    out.flush();
  }
}
