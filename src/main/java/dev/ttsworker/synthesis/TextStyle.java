package dev.ttsworker.synthesis;

/// How text is read before it is spoken.
///
/// @param normalized whether figures, signs and abbreviations are written out
/// @param emojiSaid whether emoji are called by their names when it is
public record TextStyle(boolean normalized, boolean emojiSaid) {
  /// Nothing is written out.
  public static final TextStyle AS_WRITTEN = new TextStyle(false, false);
}
