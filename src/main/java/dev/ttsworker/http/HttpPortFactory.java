package dev.ttsworker.http;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.lifecycle.Threads;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.session.WorkerStats;
import dev.ttsworker.voices.InstallableVoices;
import dev.ttsworker.voices.Models;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmCompilationMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryPoolAllocationMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

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

  /// Opens the port.
  ///
  /// @param protocols gives the routes of other servers' interfaces, by path
  /// @param names of the protocols that clients can speak, as they open
  public HttpPort open(
      SpeechEngine engine,
      WorkerStats stats,
      Models models,
      InstallableVoices installable,
      SessionManager sessions,
      Function<HttpSpeech, Map<String, Route>> protocols,
      Supplier<List<String>> names) {
    registerProcess();
    HttpSpeech speech =
        new HttpSpeech(sessions, Executors.newThreadPerTaskExecutor(Threads.virtual("http-call-")));
    Map<String, Route> routes = protocols.apply(speech);
    WorkerView view =
        new WorkerView(
            config.worker().name(),
            config.worker().advertiseAddress(),
            names,
            () -> engine.device().name(),
            () -> engine.device().reason(),
            readiness,
            models::list,
            installable::list,
            sessions::calls,
            sessions::openSessions,
            stats::queueDepth,
            stats::capacityUsed);
    return HttpPort.open(
        config.metrics(),
        registry,
        view,
        page(speech),
        routes,
        refusals,
        new HttpThreads(Threads.platform("http-wire-"), Threads.virtual("http-")));
  }

  /// All that the client has but the JVM's native memory, which takes 200 ms to say that it is not
  /// tracked.
  private void registerProcess() {
    JvmThreadsMetrics.builder().register(registry);
    JvmBufferPoolMetrics.builder().register(registry);
    JvmClassLoadingMetrics.builder().register(registry);
    JvmCompilationMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmMemoryPoolAllocationMetrics.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmRuntimeInfoMetric.builder().register(registry);
    ProcessMetrics.builder().register(registry);
  }

  private Optional<PageSynthesis> page(HttpSpeech speech) {
    if (config.auth().tokensFile().isPresent() || config.tls().clientCaFile().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(new PageSynthesis(speech, config.limits().maxChunkChars()));
  }
}
