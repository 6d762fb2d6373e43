package dev.ttsworker.engine.text.normalization;

/// Offsets in code points of indices that are near each other. Not thread-safe.
final class CodePoints {
  private final String text;
  private int index;
  private int points;

  CodePoints(String text) {
    this.text = text;
  }

  /// How many code points come before an index.
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
