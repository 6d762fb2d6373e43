package dev.ttsworker.yaml;

import java.util.List;
import java.util.stream.Collectors;

/// A value as somebody wrote it, before its key gave it a type. Immutable.
public sealed interface Raw {
  /// How many parts of a value a message shows.
  int FEW = 8;

  Origin origin();

  /// The value for a message: quoted where it is text, and cut when it is long.
  String show();

  /// What a single word looked like. Only the file can tell a number from text.
  enum Style {
    TEXT,
    NUMBER,
    FLAG,
    NOTHING,
    /// Not from a file, but from a place where all is text: whatever the key wants.
    OPEN
  }

  /// A single word or text.
  record Scalar(Origin origin, String text, Style style) implements Raw {
    @Override
    public String show() {
      return switch (style) {
        case NOTHING -> "(nothing)";
        case NUMBER, FLAG -> Shown.plain(text);
        case TEXT, OPEN -> Shown.quoted(text);
      };
    }
  }

  /// A list.
  record Items(Origin origin, List<Raw> items) implements Raw {
    @Override
    public String show() {
      return Shown.cut(
          items.stream().limit(FEW).map(Raw::show).collect(Collectors.joining(", ", "[", "]")));
    }
  }

  /// A map.
  record Section(Origin origin, List<Entry> entries) implements Raw {
    @Override
    public String show() {
      return Shown.cut(
          entries.stream()
              .limit(FEW)
              .map(entry -> Shown.plain(entry.key()))
              .collect(Collectors.joining(": …, ", "{", ": …}")));
    }
  }

  /// One line of a section.
  ///
  /// @param origin of the key
  record Entry(Origin origin, String key, Raw value) {}
}
