package dev.ttsworker.engine.text.markup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Markup candidate: an offset where markup may begin, and the patterns that still match. Not
/// thread-safe.
final class MarkupCandidate {
  /// Most chars of one tag.
  static final int LONGEST = 1_500;

  /// Chars before an offset that decide whether delimited markup ends there.
  private static final int DECIDING = 2;

  private final long start;
  private final Map<MarkupKind, Long> unclosed;
  private final MarkupKind[] kinds;
  private final MarkupPattern[] patterns;
  private int open;
  private int length;

  /// @param start chars of the call's text before it
  /// @param kinds what it may be
  /// @param begin makes a new pattern of a kind
  /// @param unclosed for delimited kinds, chars of the call's text up to which earlier candidates
  ///   found no end; shared by all candidates of a text
  MarkupCandidate(
      long start,
      List<MarkupKind> kinds,
      Function<MarkupKind, MarkupPattern> begin,
      Map<MarkupKind, Long> unclosed) {
    this.start = start;
    this.unclosed = unclosed;
    this.open = kinds.size();
    this.kinds = kinds.toArray(MarkupKind[]::new);
    this.patterns = new MarkupPattern[open];
    for (int i = 0; i < open; i++) {
      patterns[i] = begin.apply(kinds.get(i));
    }
  }

  /// Whether a pattern may still match.
  boolean isOpen() {
    return open > 0;
  }

  /// Chars of the text that need not be read again.
  int length() {
    return length;
  }

  /// Processes the code point of the text after [#length].
  ///
  /// @return the kind that matches with it; if the match is rejected, following text may still
  ///   match another
  Optional<MarkupKind> next(int c) {
    length += Character.charCount(c);
    Optional<MarkupKind> whole = Optional.empty();
    int left = 0;
    for (int i = 0; i < open; i++) {
      MarkupPattern.State state = patterns[i].next(c);
      if (state == MarkupPattern.State.INCOMPLETE) {
        patterns[left] = patterns[i];
        kinds[left] = kinds[i];
        left++;
      } else if (state == MarkupPattern.State.COMPLETE) {
        whole = Optional.of(kinds[i]);
      }
    }
    open = left;
    if (open == 1 && kinds[0].isDelimited()) {
      delimited(patterns[0], kinds[0]);
    }
    if (length >= LONGEST) {
      open = 0;
    }
    return whole;
  }

  private void delimited(MarkupPattern pattern, MarkupKind kind) {
    if (length >= LONGEST) {
      unclosed.put(kind, start + length);
    } else if (pattern.isEmpty()) {
      long known = unclosed.getOrDefault(kind, 0L) - DECIDING - start;
      length = Math.max(length, (int) Math.max(0, known));
    }
  }
}
