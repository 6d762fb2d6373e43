package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.health.Readiness;
import dev.ttsworker.http.Latencies.Latency;
import dev.ttsworker.session.CallSnapshot;
import dev.ttsworker.session.Protocol;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the page shows.
final class StatusReportTest {
  private static final CallSnapshot CALL =
      new CallSnapshot(
          Protocol.TTS,
          "m",
          Duration.ofMillis(1_500),
          CallSnapshot.Phase.AWAITING_TEXT,
          Duration.ofMillis(-20));

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Readiness readiness = new Readiness();

  @Test
  void callsAreListedUpToAHundredAndCountedBeyond() {
    StatusReport.Status status = report(Collections.nCopies(101, CALL)).now();
    assertEquals(101, status.runningCalls());
    assertEquals(100, status.calls().size());
    assertEquals(
        new StatusReport.CallLine("tts", "m", 1_500, "awaiting_text", -20),
        status.calls().getFirst());
    assertEquals(List.of("tts.TTSService"), status.protocols());
  }

  @Test
  void stateComesWithItsReason() {
    StatusReport report = report(List.of());
    assertEquals("LOADING", report.now().state());
    readiness.transitionTo(Readiness.State.UNABLE, "no voice");
    assertEquals("UNABLE", report.now().state());
    assertEquals("no voice", report.now().reason());
    assertEquals(77, report.now().longestText());
  }

  @Test
  void latenciesAreSummedOverModels() {
    Histogram measured =
        Histogram.builder()
            .name("tts_first_audio_latency_seconds")
            .help("first")
            .labelNames("model_id")
            .classicUpperBounds(0.005, 0.1, 10)
            .classicOnly()
            .register(registry);
    measured.labelValues("a").observe(0.004);
    measured.labelValues("b").observe(0.003);
    measured.labelValues("b").observe(0.09);
    measured.labelValues("b").observe(60);
    assertEquals(
        List.of(
            new Latency(
                "tts_first_audio_latency_seconds",
                "first",
                List.of(0.005, 0.1, 10.0),
                List.of(2L, 1L, 0L, 1L))),
        new Latencies(registry).now());
  }

  private StatusReport report(List<CallSnapshot> calls) {
    WorkerView view =
        new WorkerView(
            "w",
            Optional.empty(),
            () -> List.of("tts.TTSService"),
            () -> "cpu",
            () -> "no GPU",
            readiness,
            List::of,
            List::of,
            () -> calls,
            () -> 3,
            () -> 2,
            () -> 0.5);
    return new StatusReport(view, new Latencies(registry), 77);
  }
}
