package dev.ttsworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ModelMetricsTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ModelMetrics metrics = new WorkerMetrics(registry).models();

  @Test
  void loadsAndUnloadsAreCounted() {
    metrics.loaded(Duration.ofMillis(700));
    metrics.loaded(Duration.ofMillis(800));
    metrics.loadFailed();
    metrics.unloaded(true);
    metrics.unloaded(false);
    metrics.resident(1);
    Exposition page = Exposition.of(registry);
    assertEquals(2, page.sum("tts_model_load_total"));
    assertEquals(1.5, page.sum("tts_model_load_duration_seconds_sum"), 1e-9);
    assertEquals(1, page.sum("tts_model_load_errors_total"));
    assertEquals(2, page.sum("tts_model_unload_total"));
    assertEquals(1, page.sum("tts_model_eviction_total"));
    assertEquals(1, page.sum("tts_models_resident_count"));
  }

  @Test
  void loudnessIsThatOfTheLatestLoad() {
    metrics.loudness("a", -17);
    metrics.loudness("a", -16.1);
    metrics.loudness("b", -20);
    Exposition page = Exposition.of(registry);
    assertEquals(-16.1, page.sum("tts_audio_loudness_lufs", "model_id", "a"));
    assertEquals(-20, page.sum("tts_audio_loudness_lufs", "model_id", "b"));
  }
}
