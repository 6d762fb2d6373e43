package dev.ttsworker.http;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.lifecycle.Threads;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.session.WorkerStats;
import dev.ttsworker.voices.Models;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.concurrent.Executors;

/// Factory of the HTTP port for metrics, probes and page.
public final class HttpPortFactory {
  private final WorkerConfig config;
  private final PrometheusRegistry registry;
  private final Readiness readiness;
  private final RefusalMetrics refusals;

  public HttpPortFactory(
      WorkerConfig config,
      PrometheusRegistry registry,
      Readiness readiness,
      RefusalMetrics refusals) {
    this.config = config;
    this.registry = registry;
    this.readiness = readiness;
    this.refusals = refusals;
  }

  public HttpPort open(
      SpeechEngine engine, WorkerStats stats, Models models, SessionManager sessions) {
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
            stats::queueDepth,
            stats::capacityUsed);
    return HttpPort.open(
        config.metrics(),
        registry,
        view,
        speech(sessions),
        refusals,
        new HttpThreads(Threads.platform("http-wire-"), Threads.virtual("http-")));
  }

  private Optional<PageSynthesis> speech(SessionManager sessions) {
    if (config.auth().tokensFile().isPresent() || config.tls().clientCaFile().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new PageSynthesis(
            sessions,
            Executors.newThreadPerTaskExecutor(Threads.virtual("page-")),
            config.limits().maxChunkChars()));
  }
}
