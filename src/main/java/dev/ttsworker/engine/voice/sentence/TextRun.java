package dev.ttsworker.engine.voice.sentence;

/// Run of the text encoder over a part of a sentence, in indices of the sentence's phoneme ids.
///
/// @param from the first one that is computed
/// @param keepFrom the first one that is kept; those before it are context
/// @param keepTo just past the last one that is kept
/// @param to just past the last one that is computed
/// @param clause whether what is kept ends with a mark that makes a pause
public record TextRun(int from, int keepFrom, int keepTo, int to, boolean clause) {
  public TextRun {
    if (from < 0 || keepFrom < from || keepTo <= keepFrom || to < keepTo) {
      throw new IllegalArgumentException(
          "%d to %d of %d to %d".formatted(keepFrom, keepTo, from, to));
    }
  }

  /// How many numbers it computes.
  public int length() {
    return to - from;
  }

  /// How many of them are kept.
  public int kept() {
    return keepTo - keepFrom;
  }
}
