package dev.ttsworker.engine.text.normalization;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A bounded regular expression that is tried at one place only. Its work is bounded since it sees
/// [#LONGEST] characters at most and repeats a bounded number of times. Immutable.
final class BoundedPattern {
  /// Characters that an expression may have.
  static final int LONGEST = 200;

  private final Pattern pattern;

  private BoundedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /// @param regex without `*` and `+` repeats that are not possessive
  static BoundedPattern of(String regex) {
    return new BoundedPattern(Pattern.compile(regex));
  }

  /// The match that begins at `at`. Lookaheads and lookbehinds see the whole text.
  Optional<MatchResult> at(Cursor text, int at) {
    Matcher matcher =
        pattern
            .matcher(text)
            .region(at, Math.min(text.length(), at + LONGEST))
            .useTransparentBounds(true)
            .useAnchoringBounds(false);
    return matcher.lookingAt() ? Optional.of(matcher) : Optional.empty();
  }
}
