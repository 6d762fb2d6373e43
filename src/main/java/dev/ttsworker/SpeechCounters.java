package dev.ttsworker;

import dev.ttsworker.engine.synthesis.SpeechCounts;
import dev.ttsworker.engine.voice.RenderingStage;
import dev.ttsworker.metrics.Stage;
import dev.ttsworker.metrics.WorkerMetrics;

/// What synthesis does, as metrics.
record SpeechCounters(WorkerMetrics metrics) implements SpeechCounts {
  @Override
  public void framesMade(long frames) {
    metrics.synthesis().framesGenerated(frames);
  }

  @Override
  public void queued(long nanos) {
    metrics.stages().took(Stage.QUEUE, nanos);
  }

  @Override
  public void rendered(RenderingStage stage, long nanos) {
    metrics
        .stages()
        .took(
            switch (stage) {
              case TEXT -> Stage.TEXT;
              case ACOUSTIC -> Stage.ACOUSTIC;
              case VOCODER -> Stage.VOCODER;
            },
            nanos);
  }

  @Override
  public void processed(long nanos) {
    metrics.stages().took(Stage.POST, nanos);
  }

  @Override
  public void normalized() {
    metrics.synthesis().normalized();
  }
}
