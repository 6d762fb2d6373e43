package dev.ttsworker.engine.text.markup;

import dev.ttsworker.config.PauseSettings;
import dev.ttsworker.engine.text.Segment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Pause policy between segments: silence added to the pauses that the voice makes of the
/// punctuation; for commas and clauses also within a sentence. Depends on the whole text alone, not
/// on its chunks.
///
/// @param settings the length of each kind
record SegmentPauses(PauseSettings settings) {
  /// The pause between two segments; the longest that applies.
  ///
  /// @param lines line ends between them
  Duration between(Segment before, Segment after, int lines) {
    Duration longest =
        switch (before.ending()) {
          case SENTENCE -> settings.sentence();
          case CLAUSE -> settings.clause();
          case COMMA -> settings.comma();
          case NONE -> Duration.ZERO;
        };
    if (lines == 0) {
      return longest;
    }
    longest = longer(longest, lines > 1 ? settings.paragraph() : settings.line());
    if (isItem(after.text())) {
      longest = longer(longest, settings.item());
    }
    return isHeading(before.text()) ? longer(longest, settings.heading()) : longest;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
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

  /// Line end offsets of one call's text. Not thread-safe.
  static final class LineEnds {
    private final Deque<Long> ends = new ArrayDeque<>();

    /// Adds text.
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

    /// Line ends between two offsets; drops all before the second.
    int between(long from, long to) {
      int count = 0;
      while (!ends.isEmpty() && ends.getFirst() < to) {
        count += ends.removeFirst() >= from ? 1 : 0;
      }
      return count;
    }
  }
}
