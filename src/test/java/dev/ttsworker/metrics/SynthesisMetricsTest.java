package dev.ttsworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SynthesisMetricsTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final SynthesisMetrics metrics = new WorkerMetrics(registry).synthesis();

  @Test
  void callsAreCountedByVoiceAndOutcome() {
    metrics.ended(
        "a",
        CallOutcome.COMPLETED,
        Duration.ofMillis(150),
        Optional.of("4bf92f3577b34da6a3ce929d0e0e4736"));
    metrics.ended("a", CallOutcome.STOPPED, Duration.ofSeconds(20), Optional.empty());
    metrics.ended("b", CallOutcome.COMPLETED, Duration.ofMillis(4), Optional.empty());
    metrics.refused("b");
    Exposition page = Exposition.of(registry);
    String requests = "tts_synthesis_requests_total";
    assertEquals(Set.of("model_id", "outcome"), page.family(requests).labels());
    assertEquals(1, page.sum(requests, "model_id", "a", "outcome", "completed"));
    assertEquals(1, page.sum(requests, "model_id", "a", "outcome", "stopped"));
    assertEquals(1, page.sum(requests, "model_id", "b", "outcome", "refused"));
    assertEquals(4, page.sum(requests));
    String seconds = "tts_synthesis_duration_seconds";
    assertEquals(3, page.sum(seconds + "_count"), "a refused call takes no time");
    assertEquals(20.154, page.sum(seconds + "_sum"), 1e-9);
    assertEquals(1, page.sum(seconds + "_bucket", "le", "0.005"));
    assertEquals(1, page.sum(seconds + "_bucket", "le", "0.1"));
    assertEquals(2, page.sum(seconds + "_bucket", "le", "0.2"));
    assertEquals(2, page.sum(seconds + "_bucket", "le", "10.0"));
  }

  @Test
  void waitsForCapacityAreCounted() {
    metrics.admitted(Duration.ofMillis(500));
    metrics.admitted(Duration.ZERO);
    Exposition page = Exposition.of(registry);
    assertEquals(2, page.sum("tts_admission_wait_seconds_count"));
    assertEquals(0.5, page.sum("tts_admission_wait_seconds_sum"), 1e-9);
  }

  @Test
  void outcomesOfAVoiceArePublishedBeforeItsFirstCall() {
    metrics.initialize("a");
    metrics.ended("a", CallOutcome.FAILED, Duration.ZERO, Optional.empty());
    metrics.initialize("a");
    Exposition page = Exposition.of(registry);
    String requests = "tts_synthesis_requests_total";
    assertEquals(1, page.sum(requests));
    assertEquals(5, page.count(requests, "model_id", "a"));
  }

  @Test
  void restIsAddedUpAndTheRealTimeFactorIsTheLatest() {
    metrics.framesGenerated(3);
    metrics.framesGenerated(4);
    metrics.normalized();
    metrics.unknownPhonemes(2);
    metrics.realTimeFactor("a", 0.5);
    metrics.realTimeFactor("a", 0.25);
    Exposition page = Exposition.of(registry);
    assertEquals(7, page.sum("tts_audio_frames_generated_total"));
    assertEquals(1, page.sum("tts_audio_normalization_total"));
    assertEquals(2, page.sum("tts_unknown_phonemes_total"));
    assertEquals(0.25, page.sum("tts_synthesis_rtf", "model_id", "a"));
  }
}
