package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;

/// Metrics of loading and unloading models. Thread-safe.
public final class ModelMetrics {
  private final Gauge resident;
  private final Histogram loadSeconds;
  private final Counter loads;
  private final Counter loadErrors;
  private final Counter unloads;
  private final Counter evictions;
  private final Gauge loudness;

  ModelMetrics(MetricFactory factory) {
    resident = factory.gauge("tts_models_resident_count", "Models in memory");
    loadSeconds =
        factory.durations("tts_model_load_duration_seconds", "Time to load and warm up a model");
    loads = factory.counter("tts_model_load_total", "Models loaded");
    loadErrors =
        factory.counter("tts_model_load_errors_total", "Loads of installed models that failed");
    unloads = factory.counter("tts_model_unload_total", "Models that left memory");
    evictions = factory.counter("tts_model_eviction_total", "Models evicted for idleness or room");
    loudness =
        factory.gauge(
            "tts_audio_loudness_lufs",
            "Loudness by BS.1770 of a voice's speech as it leaves, measured when it was last loaded",
            "model_id");
  }

  public void loaded(Duration took) {
    loads.inc();
    loadSeconds.observe(Seconds.of(took));
  }

  public void loadFailed() {
    loadErrors.inc();
  }

  public void unloaded(boolean evicted) {
    unloads.inc();
    if (evicted) {
      evictions.inc();
    }
  }

  public void resident(int count) {
    resident.set(count);
  }

  public void loudness(String modelId, double lufs) {
    loudness.labelValues(modelId).set(lufs);
  }
}
