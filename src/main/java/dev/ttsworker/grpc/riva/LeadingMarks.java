package dev.ttsworker.grpc.riva;

/// Punctuation and blanks before the first word of a call, held back until there is one: a text
/// without words is answered without audio. Not thread-safe.
final class LeadingMarks {
  private static final int MAX_CHARS = 1_000;

  private final StringBuilder held = new StringBuilder();
  private boolean passed;

  /// The text that the call gets now.
  ///
  /// @param piece the next piece of the client's text
  String pass(String piece) {
    if (passed) {
      return piece;
    }
    held.append(piece);
    if (held.length() <= MAX_CHARS && piece.codePoints().allMatch(LeadingMarks::isMark)) {
      return "";
    }
    passed = true;
    return held.toString();
  }

  private static boolean isMark(int codePoint) {
    return Character.isWhitespace(codePoint)
        || switch (Character.getType(codePoint)) {
          case Character.CONNECTOR_PUNCTUATION,
              Character.DASH_PUNCTUATION,
              Character.START_PUNCTUATION,
              Character.END_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION,
              Character.OTHER_PUNCTUATION ->
              true;
          default -> false;
        };
  }
}
