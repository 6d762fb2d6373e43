package dev.ttsworker.engine.text.markup;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// XML entities: the predefined and numeric ones; those that a document declares are not supported.
final class Entities {
  private static final Pattern PATTERN =
      Pattern.compile(
          "&(?:#(?<decimal>\\d{1,7})|#[xX](?<hex>[0-9a-fA-F]{1,6})|(?<name>[a-zA-Z]{1,20}+));");

  private static final Map<String, String> NAMED =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

  private Entities() {}

  /// Whether a text has the syntax of an entity.
  static boolean isEntity(String text) {
    return PATTERN.matcher(text).matches();
  }

  /// The value of a match; empty when there is no such entity or character.
  private static String value(MatchResult found) {
    String name = found.group("name");
    if (name != null) {
      return NAMED.getOrDefault(name, "");
    }
    String decimal = found.group("decimal");
    int codePoint =
        decimal == null ? Integer.parseInt(found.group("hex"), 16) : Integer.parseInt(decimal);
    boolean character =
        Character.isValidCodePoint(codePoint)
            && Character.getType(codePoint) != Character.SURROGATE
            && (!Character.isISOControl(codePoint) || Character.isWhitespace(codePoint));
    return character ? Character.toString(codePoint) : "";
  }

  /// A text with its entities resolved, once; unknown ones are removed.
  static String resolve(String text) {
    return PATTERN.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
  }
}
