package dev.ttsworker.engine.text.normalization.language;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/// Number words of one language, by rules in its data. Immutable.
///
/// A rule set `[numbers NAME]` has lines `base = text`; a number takes the line with the largest
/// base that does not exceed it. The line's divisor is the largest power of ten up to the base, or
/// is given: `60/20`. In the text `<<` is the quotient and `>>` the remainder in the same set,
/// `<set<` and `>set>` in another one, `=set=` the number itself in another one; `set:form` fixes
/// the form. What is in `[…]` is left out without a remainder; after `|` stands what replaces it
/// then. `_` is a blank at an end. `~x` is an ending of class x, which the `[forms]` give for each
/// form: `f = x:una y:as`.
final class Numerals {
  /// The set of plain numbers.
  static final String CARDINAL = "cardinal";

  /// The form without a noun.
  static final String COUNTING = "c";

  /// Most digits that are said as one number.
  static final int LONGEST = 15;

  private static final int DEEPEST = 40;

  private final Map<String, NavigableMap<Long, Line>> sets = new HashMap<>();
  private final Map<String, Map<Character, String>> forms = new HashMap<>();

  private record Line(long divisor, LanguageData.Entry text) {}

  Numerals(LanguageData data) {
    data.sectionsOf("numbers ")
        .forEach((set, lines) -> {
          NavigableMap<Long, Line> rules = new TreeMap<>();
          lines.forEach((key, entry) -> add(key, entry, rules));
          sets.put(set, rules);
        });
    data.section("forms").forEach((form, entry) -> forms.put(form, endings(entry)));
  }

  private static void add(String key, LanguageData.Entry entry, NavigableMap<Long, Line> rules) {
    String[] parts = key.split("/", -1);
    try {
      long base = Long.parseLong(parts[0]);
      long power = 1;
      while (base / 10 >= power) {
        power *= 10;
      }
      rules.put(base, new Line(parts.length > 1 ? Long.parseLong(parts[1]) : power, entry));
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          entry.place() + ": " + key + " is neither a number nor NUMBER/DIVISOR", e);
    }
  }

  private static Map<Character, String> endings(LanguageData.Entry entry) {
    Map<Character, String> endings = new HashMap<>();
    for (String one : entry.value().split(" ", -1)) {
      if (one.length() < 2 || one.charAt(1) != ':') {
        throw entry.wrong("a list of CLASS:ENDING");
      }
      endings.put(one.charAt(0), one.substring(2));
    }
    return endings;
  }

  boolean hasForm(String form) {
    return forms.containsKey(form);
  }

  boolean has(String set) {
    return sets.containsKey(set);
  }

  /// A number in words.
  ///
  /// @param number below 10^15
  String say(long number, String set, String form) {
    return resolve(resolve(expand(number, set, 0), form), COUNTING).replaceAll("~.", "");
  }

  /// Digit by digit; other characters are dropped.
  String digits(String digits) {
    StringJoiner words = new StringJoiner(" ");
    digits
        .chars()
        .filter(c -> c >= '0' && c <= '9')
        .forEach(c -> words.add(say(c - '0', CARDINAL, COUNTING)));
    return words.toString();
  }

  private String expand(long number, String set, int depth) {
    NavigableMap<Long, Line> rules = sets.get(set);
    Map.Entry<Long, Line> rule = rules == null ? null : rules.floorEntry(number);
    if (rule == null || depth > DEEPEST) {
      throw new IllegalStateException("no rule for " + number + " in [numbers " + set + "]");
    }
    return expand(rule.getValue().text().value(), number, rule.getValue(), set, depth);
  }

  private String expand(String text, long number, Line line, String set, int depth) {
    StringBuilder words = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = c == '[' ? text.indexOf(']', at) : text.indexOf(c, at + 1);
      if ("[<>=".indexOf(c) < 0) {
        words.append(c == '_' ? ' ' : c);
        at++;
        continue;
      }
      if (end < 0) {
        throw line.text().wrong("a rule: a " + c + " is not closed");
      }
      String inside = text.substring(at + 1, end);
      long rest = number % line.divisor();
      if (c == '[') {
        String[] halves = inside.split("\\|", -1);
        String chosen = rest != 0 ? halves[0] : halves.length > 1 ? halves[1] : "";
        words.append(expand(chosen, number, line, set, depth));
      } else {
        long part = c == '<' ? number / line.divisor() : c == '>' ? rest : number;
        words.append(part(part, inside, set, depth + 1));
      }
      at = end + 1;
    }
    return words.toString();
  }

  private String part(long number, String asked, String set, int depth) {
    int colon = asked.indexOf(':');
    String other = colon < 0 ? asked : asked.substring(0, colon);
    String words = expand(number, other.isEmpty() ? set : other, depth);
    return colon < 0 ? words : resolve(words, asked.substring(colon + 1));
  }

  /// Gives classes their endings; those that the form does not have stay.
  private String resolve(String words, String form) {
    Map<Character, String> endings = forms.getOrDefault(form, Map.of());
    StringBuilder resolved = new StringBuilder();
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      String ending = c == '~' && i + 1 < words.length() ? endings.get(words.charAt(i + 1)) : null;
      if (ending == null) {
        resolved.append(c);
      } else {
        resolved.append(ending);
        i++;
      }
    }
    return resolved.toString();
  }
}
