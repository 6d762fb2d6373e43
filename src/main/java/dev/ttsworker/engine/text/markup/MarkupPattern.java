package dev.ttsworker.engine.text.markup;

/// Incremental pattern of one kind of markup: reads each character once, however the text is split.
/// Not thread-safe.
interface MarkupPattern {
  /// State after the characters so far.
  enum State {
    /// A match.
    INCOMPLETE,
    /// A whole one.
    COMPLETE,
    /// No match, whatever follows.
    NO_MATCH
  }

  /// Processes the next character.
  ///
  /// @param c a code point; the first one is that with which the markup begins
  /// @return the state; after anything but `INCOMPLETE` no more characters are allowed
  State next(int c);

  /// Whether only the opening delimiter of delimited markup has been read.
  default boolean isEmpty() {
    return false;
  }
}
