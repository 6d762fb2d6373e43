package dev.ttsworker.engine.text.markup;

/// The written form of one kind of mark, followed character by character as text comes in, so that
/// no character is read again however the text is cut. Not thread-safe.
interface MarkupPattern {
  /// What the characters so far are.
  enum State {
    /// The beginning of such a mark.
    OPEN,
    /// A whole one.
    WHOLE,
    /// Neither; nor will they be, whatever follows.
    NONE
  }

  /// Takes the next character.
  ///
  /// @param c a code point; the first one is that with which the mark begins
  /// @return what has come so far; after anything but `OPEN` nothing more may be taken
  State next(int c);
}
