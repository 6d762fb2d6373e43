package dev.ttsworker.text;

import java.util.ArrayList;
import java.util.List;

/// Placeholder until the real one lands.
public final class SentenceSegmenter implements Segmenter {
  private final StringBuilder held = new StringBuilder();

  @Override
  public List<Segment> accept(String piece) {
    held.append(piece);
    return List.of();
  }

  @Override
  public List<Segment> finish() {
    List<Segment> rest = new ArrayList<>();
    if (!held.toString().isBlank()) {
      rest.add(new Segment(held.toString().strip(), 0, held.length()));
    }
    return rest;
  }
}
