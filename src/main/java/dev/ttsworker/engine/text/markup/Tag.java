package dev.ttsworker.engine.text.markup;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// XML tag, parsed.
///
/// @param name in lower case, without a prefix
/// @param attributes values by names in lower case without a prefix, entities resolved
record Tag(String name, Form form, Map<String, String> attributes) {
  /// Kind of tag.
  enum Form {
    OPENS,
    CLOSES,
    /// Empty element, `<break/>`.
    EMPTY
  }

  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\s([a-zA-Z_][\\w:.-]*+)\\s?+=\\s?+(\"[^\"]*+\"|'[^']*+')");

  Tag {
    attributes = Map.copyOf(attributes);
  }

  /// Parses a tag.
  ///
  /// @param written as matched by [TagPattern]
  static Tag of(String written) {
    boolean closes = written.charAt(1) == '/';
    boolean empty = written.charAt(written.length() - 2) == '/';
    int start = closes ? 2 : 1;
    int end = start;
    while (TagPattern.isNamePart(written.charAt(end))) {
      end++;
    }
    Map<String, String> attributes = new HashMap<>();
    Matcher each = ATTRIBUTE.matcher(written).region(end, written.length());
    while (each.find()) {
      String quoted = each.group(2);
      attributes.put(
          local(each.group(1)), Entities.resolve(quoted.substring(1, quoted.length() - 1)));
    }
    Form form = closes ? Form.CLOSES : empty ? Form.EMPTY : Form.OPENS;
    return new Tag(local(written.substring(start, end)), form, attributes);
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  /// The value of an attribute, stripped; empty when there is none.
  Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute)).map(String::strip);
  }
}
