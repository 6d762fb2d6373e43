package dev.ttsworker.engine.text.markup;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A place where a mark may begin. Not thread-safe.
final class Candidate {
  /// Most chars of a mark.
  static final int LONGEST = 1_500;

  /// Chars before a place that decide whether an enclosed mark ends there.
  private static final int DECIDING = 2;

  private final long start;
  private final Map<MarkKind, Long> unclosed;
  private final MarkKind[] kinds;
  private final MarkupPattern[] shapes;
  private int open;
  private int length;

  /// @param start chars of the call's text before it
  /// @param kinds what it may be
  /// @param unclosed for kinds that enclose text, chars of the call's text up to which earlier
  ///   candidates have found no end; shared by all candidates of a text
  Candidate(long start, List<MarkKind> kinds, Map<MarkKind, Long> unclosed) {
    this.start = start;
    this.unclosed = unclosed;
    this.open = kinds.size();
    this.kinds = kinds.toArray(MarkKind[]::new);
    this.shapes = new MarkupPattern[open];
    for (int i = 0; i < open; i++) {
      shapes[i] = MarkupPatterns.begin(kinds.get(i));
    }
  }

  /// Whether it may still become a mark.
  boolean isOpen() {
    return open > 0;
  }

  /// Chars of the text that need not be looked at any more.
  int length() {
    return length;
  }

  /// Takes the code point of the text behind [#length].
  ///
  /// @return the mark that is whole with it; if it is none after all, what follows may still make
  ///   another
  Optional<MarkKind> next(int c) {
    length += Character.charCount(c);
    Optional<MarkKind> whole = Optional.empty();
    int left = 0;
    for (int i = 0; i < open; i++) {
      MarkupPattern.State state = shapes[i].next(c);
      if (state == MarkupPattern.State.OPEN) {
        shapes[left] = shapes[i];
        kinds[left] = kinds[i];
        left++;
      } else if (state == MarkupPattern.State.WHOLE) {
        whole = Optional.of(kinds[i]);
      }
    }
    open = left;
    if (open == 1 && shapes[0] instanceof EnclosedPattern enclosed) {
      enclosed(enclosed, kinds[0]);
    }
    if (length >= LONGEST) {
      open = 0;
    }
    return whole;
  }

  private void enclosed(EnclosedPattern shape, MarkKind kind) {
    if (length >= LONGEST) {
      unclosed.put(kind, start + length);
    } else if (shape.isEmpty()) {
      long known = unclosed.getOrDefault(kind, 0L) - DECIDING - start;
      length = Math.max(length, (int) Math.max(0, known));
    }
  }
}
