package dev.ttsworker.engine.voice.piper;

import java.util.List;

/// Chunk sizes of flow and head: small at first, for the first audio, then large, so that their
/// wide context weighs little. It depends on the length of the sentence alone, because these stages
/// round differently in windows of different sizes, and a call with a seed must give the same
/// samples however it was scheduled; the tail does not, so its windows are free.
final class ChunkSizing {
  /// Enough for two small windows of the tail.
  private static final int FIRST = 20;

  private static final int SECOND = 64;
  private static final int LATER = 192;

  /// A shorter rest is computed with the chunk before it.
  private static final int SHORTEST = 16;

  /// The longest chunk of each kind.
  static final List<Integer> LONGEST =
      List.of(FIRST + SHORTEST - 1, SECOND + SHORTEST - 1, LATER + SHORTEST - 1);

  private ChunkSizing() {}

  /// The most frames that a chunk has that begins at frame `start`.
  static int most(int start) {
    return size(start) + SHORTEST - 1;
  }

  /// The end of the chunk that begins at frame `start` of a sentence with this number of frames.
  static int end(int start, int frames) {
    int size = size(start);
    return frames - start - size < SHORTEST ? frames : start + size;
  }

  private static int size(int start) {
    return start == 0 ? FIRST : start == FIRST ? SECOND : LATER;
  }
}
