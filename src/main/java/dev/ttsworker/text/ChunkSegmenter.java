package dev.ttsworker.text;

import java.util.List;

/// Every chunk that is not blank is one segment, as the client sent it: the tone family counts
/// chunks.
public final class ChunkSegmenter implements Segmenter {
  private long offset;

  @Override
  public List<Segment> accept(String piece) {
    long start = offset;
    offset += piece.codePointCount(0, piece.length());
    return piece.isBlank() ? List.of() : List.of(new Segment(piece, start, offset));
  }

  @Override
  public boolean holdsText() {
    return false;
  }

  @Override
  public List<Segment> finish() {
    return List.of();
  }
}
