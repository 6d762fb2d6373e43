package dev.ttsworker.text.markup;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A tag of an XML element, as it is written.
///
/// @param name in lower case, without a prefix
/// @param attributes values by names in lower case without a prefix, entities resolved
record Tag(String name, Form form, Map<String, String> attributes) {
  /// What it does.
  enum Form {
    OPENS,
    CLOSES,
    /// Both: `<break/>`.
    EMPTY
  }

  private static final String ATTRIBUTE =
      "\\s{1,20}+([a-zA-Z_][\\w:.-]{0,40}+)\\s?+=\\s?+(\"[^\"<]{0,300}+\"|'[^'<]{0,300}+')";

  static final Pattern PATTERN =
      Pattern.compile(
          "<(?<slash>/)?+(?<name>[a-zA-Z][\\w:.-]{0,30}+)(?<attributes>(?:"
              + ATTRIBUTE.replace("([a", "(?:[a").replace("(\"", "(?:\"")
              + "){0,8}+)\\s{0,20}+(?<empty>/)?+>");

  private static final Pattern EACH = Pattern.compile(ATTRIBUTE);

  Tag {
    attributes = Map.copyOf(attributes);
  }

  /// Reads what [#PATTERN] has found.
  static Tag of(MatchResult found) {
    Map<String, String> attributes = new HashMap<>();
    Matcher each = EACH.matcher(found.group("attributes"));
    while (each.find()) {
      String quoted = each.group(2);
      attributes.put(
          local(each.group(1)), Entities.resolve(quoted.substring(1, quoted.length() - 1)));
    }
    boolean closes = found.group("slash") != null;
    boolean empty = found.group("empty") != null;
    Form form = closes ? Form.CLOSES : empty ? Form.EMPTY : Form.OPENS;
    return new Tag(local(found.group("name")), form, attributes);
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  /// The value of an attribute, stripped; empty when there is none.
  Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute)).map(String::strip);
  }
}
