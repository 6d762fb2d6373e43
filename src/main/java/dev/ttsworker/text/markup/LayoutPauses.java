package dev.ttsworker.text.markup;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Pauses that a text's layout makes: silence between two segments, beside what the voice itself
/// makes of the mark between them. They depend on the whole text alone, not on its pieces.
///
/// @param line where a line ends between two segments
/// @param item in front of an item of a list
/// @param heading after a heading
/// @param paragraph where an empty line is between two segments
public record LayoutPauses(Duration line, Duration item, Duration heading, Duration paragraph) {
  /// Adds nothing.
  public static final LayoutPauses NONE =
      new LayoutPauses(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /// The pause between two segments; the longest that counts.
  ///
  /// @param before wording of the segment in front
  /// @param after wording of the segment behind
  /// @param lines line ends between them
  Duration between(String before, String after, int lines) {
    if (lines == 0) {
      return Duration.ZERO;
    }
    Duration longest = lines > 1 ? paragraph : line;
    if (isItem(after) && item.compareTo(longest) > 0) {
      longest = item;
    }
    return isHeading(before) && heading.compareTo(longest) > 0 ? heading : longest;
  }

  private static boolean isHeading(String text) {
    int signs = 0;
    while (signs < text.length() && text.charAt(signs) == '#') {
      signs++;
    }
    return signs > 0 && signs < text.length() && text.charAt(signs) == ' ';
  }

  private static boolean isItem(String text) {
    int figures = 0;
    while (figures < text.length() && Character.isDigit(text.charAt(figures))) {
      figures++;
    }
    if (figures + 1 >= text.length()) {
      return false;
    }
    String marks = figures > 0 ? ".)" : "-*+•";
    return marks.indexOf(text.charAt(figures)) >= 0
        && Character.isWhitespace(text.charAt(figures + 1));
  }

  /// Where the lines of one call's text end. Not thread-safe.
  static final class LineEnds {
    private final Deque<Long> ends = new ArrayDeque<>();

    /// Takes text.
    ///
    /// @param start code points of the text before it
    void add(String text, long start) {
      long at = start;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\n') {
          ends.addLast(at);
        }
        at += Character.isLowSurrogate(c) ? 0 : 1;
      }
    }

    /// How many lines end between two places; forgets all that end before the second.
    int between(long from, long to) {
      int count = 0;
      while (!ends.isEmpty() && ends.getFirst() < to) {
        count += ends.removeFirst() >= from ? 1 : 0;
      }
      return count;
    }
  }
}
