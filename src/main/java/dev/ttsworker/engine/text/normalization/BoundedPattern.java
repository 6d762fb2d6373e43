package dev.ttsworker.engine.text.normalization;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bounded regular expression, matched at one index only. Its work is bounded: it reads at most
/// [#LONGEST] characters and repeats a bounded number of times. Immutable.
public final class BoundedPattern {
  /// Most characters of a match.
  static final int LONGEST = 200;

  private final Pattern pattern;

  private BoundedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /// Compiles a pattern.
  ///
  /// @param regex without `*` and `+` quantifiers that are not possessive
  public static BoundedPattern of(String regex) {
    return new BoundedPattern(Pattern.compile(regex));
  }

  /// The match that begins at `at`. Lookaheads and lookbehinds read the whole text.
  public Optional<MatchResult> at(Cursor text, int at) {
    Matcher matcher =
        pattern
            .matcher(text)
            .region(at, Math.min(text.length(), at + LONGEST))
            .useTransparentBounds(true)
            .useAnchoringBounds(false);
    return matcher.lookingAt() ? Optional.of(matcher) : Optional.empty();
  }
}
