package dev.ttsworker.engine.text;

import java.util.List;

/// Segmenter by text chunks: every chunk that is not blank is one segment. The tone voice family
/// counts chunks.
public final class ChunkSegmenter implements Segmenter {
  private final StringBuilder chunk = new StringBuilder();
  private long offset;

  @Override
  public List<Segment> appendText(String text, boolean chunkEnds) {
    chunk.append(text);
    return chunkEnds ? finish() : List.of();
  }

  @Override
  public boolean holdsText() {
    return !chunk.isEmpty();
  }

  @Override
  public long heldFrom() {
    return offset;
  }

  @Override
  public List<Segment> finish() {
    String whole = chunk.toString();
    chunk.setLength(0);
    long start = offset;
    offset += whole.codePointCount(0, whole.length());
    return whole.isBlank() ? List.of() : List.of(new Segment(whole, start, offset));
  }
}
