package dev.ttsworker.metrics;

import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.SynthesisStage;

/// Metrics of the engine. Thread-safe.
///
/// @param stages durations of the stages
/// @param synthesis counters of the output
public record EngineMetrics(StageMetrics stages, SynthesisMetrics synthesis)
    implements EngineObserver {
  @Override
  public void framesMade(long frames) {
    synthesis.framesGenerated(frames);
  }

  @Override
  public void stage(SynthesisStage stage, long nanos) {
    stages.observe(stage, nanos);
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
