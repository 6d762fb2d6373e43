package dev.ttsworker;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.MetricsSettings;
import dev.ttsworker.config.TelemetrySettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.WorkerSettings;
import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.EngineFactory;
import dev.ttsworker.engine.EngineOptions;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.CallGuard;
import dev.ttsworker.grpc.GrpcServer;
import dev.ttsworker.grpc.PortServices;
import dev.ttsworker.grpc.StartupFiles;
import dev.ttsworker.grpc.TtsService;
import dev.ttsworker.grpc.limits.Connections;
import dev.ttsworker.grpc.load.LoadReports;
import dev.ttsworker.grpc.security.AccessControl;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.http.HttpPort;
import dev.ttsworker.http.HttpPortFactory;
import dev.ttsworker.lifecycle.Closer;
import dev.ttsworker.lifecycle.Server;
import dev.ttsworker.lifecycle.Threads;
import dev.ttsworker.metrics.LoadGauges;
import dev.ttsworker.metrics.MetricSelection;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.protocols.ServedProtocols;
import dev.ttsworker.registration.Presence;
import dev.ttsworker.registration.Registration;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.session.WorkerStats;
import dev.ttsworker.tracing.Tracer;
import dev.ttsworker.tracing.otlp.OtlpTracer;
import dev.ttsworker.voicepack.install.InstallProgress;
import dev.ttsworker.voices.BackgroundTasks;
import dev.ttsworker.voices.InstallableVoices;
import dev.ttsworker.voices.VoiceManager;
import dev.ttsworker.voices.VoiceStartup;
import io.grpc.BindableService;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The composition root of a serving worker. It opens its port NOT_SERVING, loads the default model
/// in the background and becomes SERVING; [#close] drains.
public final class Worker implements Server {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final Duration IDLE_CHECK = Duration.ofSeconds(10);
  private static final LongSupplier CLOCK = System::nanoTime;

  private final Closer closer = new Closer();
  private final WorkerConfig config;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final WorkerMetrics metrics;
  private final RefusalMetrics refusals = new RefusalMetrics(registry);
  private final Readiness readiness = new Readiness();
  private final InstallableVoices installable;
  private final VoiceStartup startup;
  private final SpeechEngine engine;
  private final VoiceManager models;
  private final SessionManager sessions;
  private final ScheduledExecutorService timer;
  private final WorkerStats stats;

  private final ServedProtocols protocols;
  private final GrpcServer server;
  private final Optional<Registration> registration;
  private final CompletableFuture<@Nullable Void> lost = new CompletableFuture<>();
  private OptionalInt httpPort = OptionalInt.empty();

  private Worker(
      WorkerConfig config,
      Installation installation,
      InstallProgress progress,
      EngineFactory engines) {
    this.config = config;
    metrics = new WorkerMetrics(registry, tracking(config));
    StartupFiles inputs = StartupFiles.read(config);
    installable = new InstallableVoices(config.models(), installation);
    startup =
        new VoiceStartup(
            config.models(), installation, progress, readiness, Threads.platform("start-"));
    try {
      engine = engines.open(EngineOptions.of(config, installation), metrics.engine());
      closer.add(engine::close);
      metrics.device().setDevice(engine.device());
      engine.onDeviceChange(this::deviceChanged);
      timer = Executors.newSingleThreadScheduledExecutor(Threads.platform("timer-"));
      closer.add(timer::shutdownNow);
      models = models();
      closer.add(models::close);
      closer.add(startup::close);
      startup.opening(models);
      Tracer tracer = tracer();
      closer.add(tracer::close);
      sessions =
          new SessionManager(
              models,
              SessionManager.Settings.of(config, inputs.text()),
              engine::parallelism,
              engine.costs(),
              metrics,
              tracer,
              CLOCK);
      stats = new WorkerStats(engine, sessions);
      protocols = new ServedProtocols(config, inputs.access(), sessions, models);
      server = openPort(inputs.access());
      registration = registration();
    } catch (RuntimeException e) {
      closer.close();
      throw e;
    }
  }

  /// Starts a worker; returns once its port is open.
  ///
  /// @param progress is notified of the default voice's installation, when there is one
  /// @throws WorkerException when a file of the configuration cannot be used, a port is busy or a
  ///   native library missing; everything that was opened is closed again
  public static Worker start(
      WorkerConfig config, Installation installation, InstallProgress progress) {
    return start(config, installation, progress, SpeechEngine::open);
  }

  /// As [#start(WorkerConfig, Installation, InstallProgress)], with an engine of the caller's.
  ///
  /// @param engines opens it
  public static Worker start(
      WorkerConfig config,
      Installation installation,
      InstallProgress progress,
      EngineFactory engines) {
    LOG.info("Starting TTS worker");
    LOG.info("Worker {} starting", config.worker().name());
    config.warnings().forEach(LOG::warn);
    Worker worker = new Worker(config, installation, progress, engines);
    try {
      worker.open();
      return worker;
    } catch (RuntimeException e) {
      worker.close();
      throw e;
    }
  }

  private static MetricSelection tracking(WorkerConfig config) {
    MetricsSettings settings = config.metrics();
    return new MetricSelection(
        settings.trackLatency(),
        settings.trackRtf(),
        settings.trackQueueDepth(),
        config.telemetry().otlpEndpoint().isPresent());
  }

  private Tracer tracer() {
    TelemetrySettings settings = config.telemetry();
    if (settings.otlpEndpoint().isEmpty()) {
      return Tracer.OFF;
    }
    URI endpoint = settings.otlpEndpoint().get();
    LOG.info("Traces go to {}", endpoint);
    return OtlpTracer.open(settings, endpoint, config.worker().name(), version(), CLOCK);
  }

  private VoiceManager models() {
    return new VoiceManager(
        config.models(),
        startup.scans(),
        startup.withPorts(engine),
        () -> engine.probedDevice().accelerated(),
        readiness,
        metrics,
        new BackgroundTasks(Threads.platform("models-"), timer, CLOCK));
  }

  private GrpcServer openPort(AccessControl access) {
    ExecutorService calls = Executors.newThreadPerTaskExecutor(Threads.virtual("call-"));
    TtsService service =
        new TtsService(
            sessions,
            models,
            calls,
            readiness,
            config.worker().capabilities(),
            engine,
            stats,
            metrics,
            CLOCK);
    List<BindableService> speech = new ArrayList<>(List.of(service));
    speech.addAll(protocols.onGrpc(calls));
    WorkerSettings at = config.worker();
    metrics.watchAccess(access::statuses);
    Connections connections =
        new Connections(
            config.connections(),
            GrpcServer.MAX_MESSAGE_BYTES,
            GrpcServer::status,
            refusals,
            Threads.platform("wire-"));
    closer.add(connections::close);
    var _ = timer.scheduleWithFixedDelay(access::reloadIfChanged, 1, 1, TimeUnit.SECONDS);
    LoadReports reports = new LoadReports(stats, CLOCK);
    var _ = timer.scheduleAtFixedRate(reports::tick, 1, 1, TimeUnit.SECONDS);
    PortServices services =
        new PortServices(
            speech,
            readiness,
            access.tokenCheck(),
            reports,
            connections.calls(),
            new CallGuard(metrics, refusals, CLOCK));
    GrpcServer opened =
        GrpcServer.open(
            at.grpcHost(), at.grpcPort(), access.credentials(), connections, services, calls);
    closer.add(() -> opened.close(CLOSING));
    LOG.info("gRPC on {}:{}: {}", at.grpcHost(), opened.port(), access.describe());
    return opened;
  }

  private Optional<Registration> registration() {
    if (!config.redis().enabled()) {
      return Optional.empty();
    }
    return Optional.of(
        Registration.with(
            config.redis(),
            config.worker(),
            server.port(),
            () -> new Presence(models.resident(), stats.all()),
            Threads.platform("registration-")));
  }

  private void open() {
    Device device = engine.device();
    metrics.build(version(), Runtime.version().toString(), engine.runtimeVersion());
    metrics.device().watchGpus(engine::gpus);
    metrics.watchPhrases(
        () -> engine.phraseCache().hits(),
        () -> engine.phraseCache().misses(),
        () -> engine.phraseCache().bytes());
    metrics.watch(
        new LoadGauges(
            models::fallbackInUse,
            stats::queueDepth,
            sessions::queuedCalls,
            sessions::framesWaiting,
            stats::capacityUsed));
    device.logTo(LOG);
    LOG.info("gRPC server listening on port {}", server.port());
    if (config.metrics().enabled()) {
      openHttp();
    }
    protocols.openPorts(version(), refusals, closer);
    registration.ifPresent(this::register);
    long check = IDLE_CHECK.toMillis();
    var _ = timer.scheduleWithFixedDelay(sessions::endIdle, check, check, TimeUnit.MILLISECONDS);
    startup.opened(models);
  }

  /// What the build wrote into the jar.
  private static String version() {
    return Objects.requireNonNullElse(
        Worker.class.getPackage().getImplementationVersion(), "not packaged");
  }

  private void register(Registration with) {
    metrics.watchRegistration(with::registered);
    readiness.addListener(status -> with.serving(status.serving()));
  }

  private void deviceChanged(Device device) {
    metrics.device().setDevice(device);
    device.logTo(LOG);
    if (engine.isDeviceLost()) {
      lost.complete(null);
    }
  }

  @Override
  public void whenLost(Runnable action) {
    var _ = lost.thenRun(action);
  }

  private void openHttp() {
    HttpPort opened =
        new HttpPortFactory(config, registry, readiness, refusals)
            .open(
                engine, stats, models, installable, sessions, protocols::onHttp, protocols::names);
    closer.add(opened::close);
    httpPort = OptionalInt.of(opened.port());
    LOG.info("Metrics on port {}", opened.port());
  }

  public int port() {
    return server.port();
  }

  /// Where metrics and page are; empty when they are off.
  public OptionalInt httpPort() {
    return httpPort;
  }

  public Readiness readiness() {
    return readiness;
  }

  /// The numbers of this moment.
  public WorkerStats stats() {
    return stats;
  }

  /// Its metrics, also where no port shows them.
  public PrometheusRegistry registry() {
    return registry;
  }

  /// NOT_SERVING and out of Redis at once; new work is accepted for `worker.drain_grace_ms`.
  @Override
  public void leave() throws InterruptedException {
    Duration grace = config.worker().drainGrace();
    announceEnd();
    LOG.info("New work is accepted for another {} ms", grace.toMillis());
    Thread.sleep(grace);
  }

  private void announceEnd() {
    readiness.transitionTo(Readiness.State.DRAINING, "Worker is draining");
    registration.ifPresent(Registration::close);
  }

  /// Drains and closes: NOT_SERVING and out of Redis at once, no new work, running calls finish
  /// within `worker.drain_ms`, then everything goes in reverse order.
  @Override
  public void close() {
    LOG.info("Stopping TTS worker");
    announceEnd();
    sessions.drain();
    awaitCalls(config.worker().drain());
    sessions.endAll();
    closer.close();
    LOG.info("TTS worker stopped");
  }

  private void awaitCalls(Duration patience) {
    try {
      if (!sessions.awaitNoCalls(patience)) {
        LOG.warn("Calls were still running after {} ms", patience.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
