package dev.ttsworker.text.normal;

import java.util.List;

/// Texts that make careless expressions work more than their length.
final class HostileTexts {
  private static final List<String> SEEDS =
      List.of(
          "1", "1,", "1,000", "1.", "1.1", "1-", "1/", "1:", "1 ", "1,111,111.", "a", "a.", "A.",
          "a-", "a_", "a1", "A1", "1a", "aA", "'", "\"", "*", "**a", "_", "`", "[", "[a](", "![", "]",
          "](a", "(", "|", "|-", "-", "- ", "--", "#", "#a", "##", "@", "@a", "a@", "a@a.", "a@a.a.",
          "a.a", "a/a", "/a", "/", "//", "http://", "https://a.", "www.", "a.com/", "$", "$1",
          "$1,", "$1-", "€", "1€", "+1", "+", "+1 (", "555-", "(555) ", "0", "00", "0 0", "1st",
          "1h", "1h1m", "1d ", "1x", "1x1", "×", "½", "1 1/2 ", "IV", "I", "XIV ", "Jan ", "Jan. ",
          "May 1", "1 May ", "Mon-", "e.g", "e.g.", "Dr. ", "St. ", "No. ", "p.m.", "v1.", "1.1.1.",
          "!", "?!", ".", "..", ". ", "…", ",", ":", ":)", "😀", "\ud83d", "👩\u200d", "🇩🇪", "\u200d",
          "\ufe0f", "1\ufe0f\u20e3", "\n", "\n-", "\n1. ", "\n|-", " ", "\u00a0", "=", "= ", "1 - a",
          "x^", "^2", "²", "<", "< ", "->", "&", "%", "1%", "1 %", "°", "1°", "km", "1km/", "'90s",
          "1990s", "1990-", "AD 1", "é", "e\u0301", "你", "FBI ", "FBI", "a b ", "A b ", "a's", "s'",
          "a(b)", "f()", "{", "}", "\\");

  private HostileTexts() {}

  /// Each of them repeated to about that many characters, alone and with an ending that does not
  /// fit.
  static List<String> all(int length) {
    return SEEDS.stream()
        .flatMap(seed -> {
          String many = seed.repeat(length / seed.length());
          return java.util.stream.Stream.of(many, many + "!x", "x" + many + "\u0000");
        })
        .toList();
  }
}
