package dev.ttsworker.engine.voice.sentence;

import java.util.List;

/// Phoneme ids of one sentence. The arrays are not changed by anyone.
///
/// @param ids phoneme numbers, at least one
/// @param start index of the first number of its phonemes, after the start mark
/// @param end index just past the last one, before the end mark
/// @param marks for each number, which of [PausePunctuation] it is the first number of
/// @param runs of the text stage, in order; what they keep is the sentence
@SuppressWarnings("ArrayRecordComponent") // Handed on to the runtime as it is; never compared.
public record SentenceIds(long[] ids, int start, int end, byte[] marks, List<TextRun> runs) {
  public SentenceIds {
    runs = List.copyOf(runs);
    if (ids.length == 0
        || start < 0
        || end < start
        || end > ids.length
        || marks.length != ids.length) {
      throw new IllegalArgumentException(
          "%d ids, the phonemes from %d to %d".formatted(ids.length, start, end));
    }
  }

  /// A sentence without marks in one run, however long it is.
  public static SentenceIds whole(long[] ids) {
    return new SentenceIds(ids, 0, ids.length, new byte[ids.length], TextRuns.whole(ids.length));
  }

  /// What a run keeps, with the start mark before it and the end mark behind it, as the voice was
  /// trained; without context.
  public long[] marked(TextRun run) {
    int before = run.keepFrom() == 0 ? 0 : start;
    int after = run.keepTo() == ids.length ? 0 : ids.length - end;
    long[] marked = new long[before + run.kept() + after];
    System.arraycopy(ids, 0, marked, 0, before);
    System.arraycopy(ids, run.keepFrom(), marked, before, run.kept());
    System.arraycopy(ids, end, marked, before + run.kept(), after);
    return marked;
  }

  public int count() {
    return ids.length;
  }
}
