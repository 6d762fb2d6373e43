package dev.ttsworker.metrics;

import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.SynthesisStage;

/// Metrics of the engine: what it does and how long that takes. Thread-safe.
///
/// @param stages how long each stage takes
/// @param synthesis what is made
public record EngineMetrics(StageMetrics stages, SynthesisMetrics synthesis)
    implements EngineObserver {
  @Override
  public void framesMade(long frames) {
    synthesis.framesGenerated(frames);
  }

  @Override
  public void stage(SynthesisStage stage, long nanos) {
    stages.took(stage, nanos);
  }

  @Override
  public void normalized() {
    synthesis.normalized();
  }

  @Override
  public void unknownPhonemes(int count) {
    synthesis.unknownPhonemes(count);
  }
}
