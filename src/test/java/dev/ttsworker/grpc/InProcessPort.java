package dev.ttsworker.grpc;

import dev.ttsworker.config.AuthSettings;
import dev.ttsworker.config.CapabilitySettings;
import dev.ttsworker.config.ClientSettings;
import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.config.SessionSettings;
import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.synthesis.CostMeter;
import dev.ttsworker.fixture.FakeEngine;
import dev.ttsworker.fixture.FakeModels;
import dev.ttsworker.grpc.limits.WireCalls;
import dev.ttsworker.grpc.load.LoadReports;
import dev.ttsworker.grpc.riva.RivaService;
import dev.ttsworker.grpc.security.AccessControl;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.session.WorkerStats;
import dev.ttsworker.tracing.Tracer;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// The services of the gRPC port with their real interceptors, without a wire, around a voice that
/// gives a frame for each piece of text.
final class InProcessPort implements AutoCloseable {
  static final Duration MAX_LEAD = Duration.ofSeconds(60);
  static final int MOST_CALLS = 4;
  private static final int MOST_CHARS = 1_000;

  final PrometheusRegistry registry = new PrometheusRegistry();
  final Readiness readiness = new Readiness();
  final FakeModels models = new FakeModels();
  final SessionManager sessions;
  final PortServices services;
  final ManagedChannel channel;

  /// Nobody calls their [LoadReports#tick].
  final LoadReports reports;

  /// The clock of load reports.
  final AtomicLong now = new AtomicLong();

  private final Server server;
  private final ExecutorService speakers = Executors.newVirtualThreadPerTaskExecutor();

  /// @param tokens a file of tokens; empty when callers need none
  InProcessPort(Optional<Path> tokens) throws IOException {
    this(tokens, Tracer.OFF);
  }

  InProcessPort(Optional<Path> tokens, Tracer tracer) throws IOException {
    WorkerMetrics metrics = new WorkerMetrics(registry);
    FakeEngine engine = new FakeEngine(new CostMeter());
    sessions =
        new SessionManager(
            models,
            new SessionManager.Settings(
                new SessionSettings(10, Duration.ZERO, Duration.ofSeconds(30), false, 1),
                new LimitSettings(MOST_CHARS, MOST_CHARS, MOST_CALLS, 1),
                MAX_LEAD,
                TextOptions.AS_WRITTEN,
                Duration.ZERO,
                Duration.ofSeconds(1)),
            engine::parallelism,
            engine.costs(),
            metrics,
            tracer,
            System::nanoTime);
    WorkerStats stats = new WorkerStats(engine, sessions);
    reports = new LoadReports(stats, now::get);
    TtsService speech =
        new TtsService(
            sessions,
            models,
            speakers,
            readiness,
            new CapabilitySettings(true, false, false, true, List.of("en"), false, 4),
            engine,
            stats,
            metrics,
            System::nanoTime);
    TlsSettings noTls = new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty());
    services =
        new PortServices(
            List.of(
                speech,
                new RivaService(
                    sessions,
                    models,
                    speakers,
                    new ClientSettings(
                        true, true, true, "127.0.0.1", 0, true, Duration.ofSeconds(60)))),
            readiness,
            new AccessControl(noTls, new AuthSettings(tokens)).tokenCheck(),
            reports,
            new WireCalls(),
            new CallGuard(metrics, new RefusalMetrics(registry), System::nanoTime));
    String name = UUID.randomUUID().toString();
    InProcessServerBuilder builder = InProcessServerBuilder.forName(name).executor(speakers);
    services.addTo(builder);
    server = builder.build().start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    sessions.endAll();
    speakers.close();
  }
}
