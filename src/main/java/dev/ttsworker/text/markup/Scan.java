package dev.ttsworker.text.markup;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for marks in text to which more may come. Not thread-safe.
final class Scan {
  /// Longer things are no marks.
  private static final int LONGEST = 1_500;

  private static final Pattern ANYTHING = Pattern.compile(".*", Pattern.DOTALL);

  private final StringBuilder text;
  private boolean undecided;

  /// @param text may change between two looks
  Scan(StringBuilder text) {
    this.text = text;
  }

  /// Forgets what was undecided.
  void begin() {
    undecided = false;
  }

  /// Whether more text could still make a mark where none was found since [#begin].
  boolean isUndecided() {
    return undecided;
  }

  /// What begins right there.
  @SuppressWarnings("JdkObsolete") // hitEnd is for such a streaming reader
  Optional<MatchResult> find(Pattern pattern, int at, int end) {
    Matcher matcher = pattern.matcher(text).region(at, end);
    if (matcher.lookingAt()) {
      return Optional.of(matcher.toMatchResult());
    }
    undecided |= matcher.hitEnd() && end - at < LONGEST;
    return Optional.empty();
  }

  /// What begins with `open` right there and ends with the next `close`.
  Optional<MatchResult> enclosed(String open, String close, int at, int end) {
    int seen = Math.min(open.length(), end - at);
    if (!open.startsWith(text.substring(at, at + seen))) {
      return Optional.empty();
    }
    int found = text.substring(at, Math.min(end, at + LONGEST)).indexOf(close, open.length());
    if (found < 0) {
      undecided |= end - at < LONGEST;
      return Optional.empty();
    }
    return find(ANYTHING, at, at + found + close.length());
  }
}
