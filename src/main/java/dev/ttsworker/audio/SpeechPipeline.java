package dev.ttsworker.audio;

import java.util.List;
import java.util.Optional;

/// Placeholder until the real one lands.
public final class SpeechPipeline {
  public SpeechPipeline(int sampleRateHz, double gainDb, double ceilingDb) {}

  public List<byte[]> accept(float[] samples) {
    return List.of();
  }

  public Optional<byte[]> finish() {
    return Optional.empty();
  }
}
