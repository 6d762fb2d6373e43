package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.SynthesisStage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Adds up what it is told.
final class RecordingCounts implements EngineObserver {
  final AtomicLong frames = new AtomicLong();
  final AtomicInteger normalized = new AtomicInteger();

  /// How often each stage ran, in the order of the first runs.
  final Map<String, Integer> runs = Collections.synchronizedMap(new LinkedHashMap<>());

  /// The longest run of each stage.
  final Map<String, Long> longestNanos = Collections.synchronizedMap(new LinkedHashMap<>());

  @Override
  public void framesMade(long made) {
    frames.addAndGet(made);
  }

  @Override
  public void stage(SynthesisStage stage, long nanos) {
    count(stage.name(), nanos);
  }

  @Override
  public void normalized() {
    normalized.incrementAndGet();
  }

  private void count(String stage, long nanos) {
    runs.merge(stage, 1, Integer::sum);
    longestNanos.merge(stage, nanos, Math::max);
  }
}
