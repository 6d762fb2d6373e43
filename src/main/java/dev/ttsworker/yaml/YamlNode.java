package dev.ttsworker.yaml;

import java.util.List;
import java.util.stream.Collectors;

/// YAML node: a value as it was written, before its key gave it a type. Immutable.
public sealed interface YamlNode {
  /// How many parts of a value a message shows.
  int FEW = 8;

  Location origin();

  /// The value for a message: quoted where it is text, and cut when it is long.
  String show();

  /// What a single word looked like. Only the file distinguishes a number from text.
  enum Style {
    TEXT,
    NUMBER,
    FLAG,
    NOTHING,
    /// Not from a file, but from a source where all is text: of the type of the key.
    OPEN
  }

  /// A single word or text.
  record Scalar(Location origin, String text, Style style) implements YamlNode {
    @Override
    public String show() {
      return switch (style) {
        case NOTHING -> "(nothing)";
        case NUMBER, FLAG -> Redaction.plain(text);
        case TEXT, OPEN -> Redaction.quoted(text);
      };
    }
  }

  /// A list.
  record Items(Location origin, List<YamlNode> items) implements YamlNode {
    @Override
    public String show() {
      return Redaction.cut(
          items.stream()
              .limit(FEW)
              .map(YamlNode::show)
              .collect(Collectors.joining(", ", "[", "]")));
    }
  }

  /// A map.
  record Section(Location origin, List<Entry> entries) implements YamlNode {
    @Override
    public String show() {
      return Redaction.cut(
          entries.stream()
              .limit(FEW)
              .map(entry -> Redaction.plain(entry.key()))
              .collect(Collectors.joining(": …, ", "{", ": …}")));
    }
  }

  /// One line of a section.
  ///
  /// @param origin of the key
  record Entry(Location origin, String key, YamlNode value) {}
}
