package dev.ttsworker.engine.voice.sentence;

/// Alignment of phoneme ids: where each begins and ends in decoder frames, as far as this is known
/// from the front. Not thread-safe.
public final class IdBorders {
  private final long[] borders;
  private int known;

  /// @param count numbers of the sentence, at least 1
  public IdBorders(int count) {
    borders = new long[count + 1];
  }

  /// The duration of the next id, 0 or more.
  public void add(int length) {
    borders[known + 1] = borders[known] + length;
    known++;
  }

  /// The total duration of the next ids, divided equally.
  public void spread(int count, int length) {
    long start = borders[known];
    for (int i = 1; i <= count; i++) {
      borders[known + i] = start + (long) length * i / count;
    }
    known += count;
  }

  /// How many numbers are known.
  public int known() {
    return known;
  }

  /// Time before a number; of one beyond those that are known an estimate, by the average of these.
  public long at(int id) {
    if (id <= known) {
      return borders[id];
    }
    return known == 0 ? 0 : borders[known] * id / known;
  }
}
