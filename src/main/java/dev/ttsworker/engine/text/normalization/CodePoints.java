package dev.ttsworker.engine.text.normalization;

/// Incremental conversion of char indices to code point offsets. Not thread-safe.
final class CodePoints {
  private final String text;
  private int index;
  private int points;

  CodePoints(String text) {
    this.text = text;
  }

  /// Code points before an index.
  int at(int wanted) {
    if (wanted >= index) {
      points += text.codePointCount(index, wanted);
    } else {
      points -= text.codePointCount(wanted, index);
    }
    index = wanted;
    return points;
  }
}
