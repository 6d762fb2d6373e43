package dev.ttsworker;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.http.HttpPort;
import dev.ttsworker.http.HttpThreads;
import dev.ttsworker.http.PageSpeech;
import dev.ttsworker.http.WorkerView;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.voices.VoiceManager;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.concurrent.Executors;

/// Composes the port of metrics, probes and page.
final class HttpEntry {
  private final WorkerConfig config;
  private final PrometheusRegistry registry;
  private final Readiness readiness;
  private final RefusalMetrics refusals;

  HttpEntry(
      WorkerConfig config,
      PrometheusRegistry registry,
      Readiness readiness,
      RefusalMetrics refusals) {
    this.config = config;
    this.registry = registry;
    this.readiness = readiness;
    this.refusals = refusals;
  }

  HttpPort open(Engine engine, Figures figures, VoiceManager models, SessionManager sessions) {
    JvmMetrics.builder().register(registry);
    WorkerView view =
        new WorkerView(
            config.worker().name(),
            config.worker().advertiseAddress(),
            () -> engine.device().name(),
            () -> engine.device().reason(),
            readiness,
            models::list,
            sessions::calls,
            sessions::openSessions,
            figures::queueDepth,
            figures::capacityUsed);
    return HttpPort.open(
        config.metrics(),
        registry,
        view,
        speech(engine, sessions),
        refusals,
        new HttpThreads(Threads.platform("http-wire-"), Threads.virtual("http-")));
  }

  private Optional<PageSpeech> speech(Engine engine, SessionManager sessions) {
    if (config.auth().tokensFile().isPresent() || config.tls().clientCaFile().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new PageSpeech(
            sessions,
            engine.synthesizer(),
            Executors.newThreadPerTaskExecutor(Threads.virtual("page-")),
            config.limits().maxChunkChars()));
  }
}
