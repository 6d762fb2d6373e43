package dev.ttsworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.SynthesisStage;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkerMetricsTest {
  private static final Set<String> LATENCY =
      Set.of(
          "tts_first_audio_latency_seconds",
          "tts_first_audible_latency_seconds",
          "tts_control_latency_seconds",
          "tts_stage_seconds",
          "tts_frame_send_duration_seconds");
  private static final Set<String> RTF = Set.of("tts_synthesis_rtf");
  private static final Set<String> QUEUES =
      Set.of("tts_session_queue_depth", "tts_frame_queue_depth");

  private final PrometheusRegistry registry = new PrometheusRegistry();

  @Test
  void onlySelectedMetricsArePublished() {
    Set<String> all = shown(MetricSelection.ALL);
    assertEquals(without(all, LATENCY), shown(new MetricSelection(false, true, true, true)));
    assertEquals(without(all, RTF), shown(new MetricSelection(true, false, true, true)));
    assertEquals(without(all, QUEUES), shown(new MetricSelection(true, true, false, false)));
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    assertEquals(all.size() - some.size(), rest.removeAll(some) ? rest.size() : all.size());
    return rest;
  }

  private static Set<String> shown(MetricSelection tracking) {
    PrometheusRegistry own = new PrometheusRegistry();
    useAll(new WorkerMetrics(own, tracking));
    return Exposition.of(own).families().keySet();
  }

  private static void useAll(WorkerMetrics metrics) {
    metrics.watch(new LoadGauges(() -> true, () -> 3, () -> 2, () -> 4, () -> 0.5));
    metrics.synthesis().ended("a", CallOutcome.COMPLETED, Duration.ZERO, Optional.empty());
    metrics.synthesis().realTimeFactor("a", 1);
    metrics.frames().ofCall("a", Optional.empty()).firstAudio(1);
    metrics.sessions().started("a");
    metrics.sessions().controlled("STOP", Duration.ZERO);
    metrics.models().loudness("a", -16);
    metrics.grpc().ended("Synthesize", "INTERNAL", Duration.ZERO);
    metrics.device().setDevice(Device.cpu(false, "asked for"));
    metrics.build("1.2", "25", "1.28");
    metrics.watchAccess(() ->
        List.of(
            new CredentialStatus("tokens", 2, true, Optional.empty()),
            new CredentialStatus("client_ca", 0, false, Optional.of(Instant.ofEpochSecond(9)))));
  }

  @Test
  void callbacksAreReadAtEachScrape() {
    useAll(new WorkerMetrics(registry));
    Exposition page = Exposition.of(registry);
    assertEquals(1, page.sum("tts_fallback_in_use"));
    assertEquals(3, page.sum("tts_session_queue_depth"));
    assertEquals(4, page.sum("tts_frame_queue_depth"));
    assertEquals(0.5, page.sum("tts_capacity_used_ratio"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void registrationIsPublished(boolean registered) {
    new WorkerMetrics(registry).watchRegistration(() -> registered);
    assertEquals(registered ? 1 : 0, Exposition.of(registry).sum("tts_redis_registered"));
  }

  @Test
  void certificatesAndTokensArePublishedByRole() {
    useAll(new WorkerMetrics(registry));
    Exposition page = Exposition.of(registry);
    String expiry = "tts_tls_certificate_expiry_timestamp_seconds";
    assertEquals(9, page.sum(expiry, "role", "client_ca"));
    assertEquals(1, page.count(expiry), "tokens do not expire");
    assertEquals(2, page.sum("tts_access_reload_errors_total", "role", "tokens"));
    assertEquals(1, page.count("tts_access_reload_errors_total", "role", "client_ca"));
    assertEquals(1, page.sum("tts_access_reload_failed", "role", "tokens"));
    assertEquals(0, page.sum("tts_access_reload_failed", "role", "client_ca"));
  }

  @Test
  void buildIsPublished() {
    useAll(new WorkerMetrics(registry));
    assertEquals(
        1,
        Exposition.of(registry)
            .sum("tts_build_info", "version", "1.2", "java", "25", "onnxruntime", "1.28"));
  }

  @Test
  void everyMetricHasAHelpTextAndEveryDurationTheSameBuckets() {
    useAll(new WorkerMetrics(registry));
    Exposition.of(registry)
        .families()
        .forEach((name, family) -> {
          assertFalse(family.help().isEmpty(), name);
          assertEquals(
              name.endsWith("_seconds") && !name.endsWith("_timestamp_seconds"),
              family.type().equals("histogram"),
              name);
          if (family.type().equals("histogram")) {
            assertEquals(
                List.of(
                    "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.3", "0.5", "1.0", "2.0",
                    "5.0", "10.0", "+Inf"),
                family.samples().stream()
                    .flatMap(sample -> sample.labels().entrySet().stream())
                    .filter(label -> label.getKey().equals("le"))
                    .map(label -> label.getValue())
                    .distinct()
                    .toList(),
                name);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void stagesArePublishedFromTheStart(SynthesisStage stage) {
    WorkerMetrics metrics = new WorkerMetrics(registry);
    assertEquals(0, count(stage));
    assertEquals(Set.of("stage"), Exposition.of(registry).family("tts_stage_seconds").labels());
    metrics.stages().observe(stage, 30_000_000);
    assertEquals(1, count(stage));
    assertEquals(0.03, Exposition.of(registry).sum("tts_stage_seconds_sum"), 1e-9);
  }

  private double count(SynthesisStage stage) {
    return Exposition.of(registry)
        .sum("tts_stage_seconds_count", "stage", stage.name().toLowerCase(Locale.ROOT));
  }
}
