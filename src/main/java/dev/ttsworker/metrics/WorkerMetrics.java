package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/// Every metric of this worker. Thread-safe; all methods are cheap.
public final class WorkerMetrics {
  private static final double[] LATENCY_SECONDS = {
    0.005, 0.010, 0.020, 0.050, 0.100, 0.200, 0.300, 0.500, 1, 2, 5, 10
  };

  private final Histogram modelLoadSeconds;
  private final Counter modelLoads;
  private final Counter modelLoadErrors;
  private final Counter modelUnloads;
  private final Counter modelEvictions;
  private final Gauge modelsResident;
  private final Counter unknownPhonemes;

  public WorkerMetrics(PrometheusRegistry registry) {
    modelLoadSeconds =
        Histogram.builder()
            .name("tts_model_load_duration_seconds")
            .help("Time to load and warm up a model")
            .classicUpperBounds(LATENCY_SECONDS)
            .classicOnly()
            .register(registry);
    modelLoads = counter(registry, "tts_model_load_total", "Models loaded");
    modelLoadErrors = counter(registry, "tts_model_load_errors_total", "Models that did not load");
    modelUnloads = counter(registry, "tts_model_unload_total", "Models that left memory");
    modelEvictions =
        counter(registry, "tts_model_eviction_total", "Models evicted for idleness or room");
    modelsResident =
        Gauge.builder()
            .name("tts_models_resident_count")
            .help("Models in memory")
            .register(registry);
    unknownPhonemes =
        counter(registry, "tts_unknown_phonemes_total", "Phonemes a voice has no id for");
  }

  private static Counter counter(PrometheusRegistry registry, String name, String help) {
    return Counter.builder().name(name).help(help).register(registry);
  }

  public void modelLoaded(Duration took) {
    modelLoads.inc();
    modelLoadSeconds.observe(took.toNanos() / 1e9);
  }

  public void modelLoadFailed() {
    modelLoadErrors.inc();
  }

  public void modelUnloaded(boolean evicted) {
    modelUnloads.inc();
    if (evicted) {
      modelEvictions.inc();
    }
  }

  public void modelsResident(int count) {
    modelsResident.set(count);
  }

  public void unknownPhonemes(int count) {
    unknownPhonemes.inc(count);
  }
}
