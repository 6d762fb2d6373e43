package dev.ttsworker.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Every metric of this worker, by topic. Thread-safe; all methods are cheap, and those that are
/// called for every frame allocate nothing and take no lock. A metric that is not tracked is
/// counted all the same and shown nowhere.
public final class WorkerMetrics {
  private final MetricFactory make;
  private final MetricFactory queues;
  private final StageMetrics stages;
  private final SynthesisMetrics synthesis;
  private final FrameMetrics frames;
  private final SessionMetrics sessions;
  private final ModelMetrics models;
  private final GrpcMetrics grpc;
  private final DeviceMetrics device;

  /// All of them, on `registry`.
  public WorkerMetrics(PrometheusRegistry registry) {
    this(registry, Tracking.ALL);
  }

  /// @param tracking which of them are shown
  public WorkerMetrics(PrometheusRegistry registry, Tracking tracking) {
    make = new MetricFactory(registry);
    MetricFactory unseen = new MetricFactory(new PrometheusRegistry());
    queues = tracking.queueDepth() ? make : unseen;
    MetricFactory latency = tracking.latency() ? make : unseen;
    stages = new StageMetrics(latency);
    synthesis = new SynthesisMetrics(make, tracking.rtf() ? make : unseen);
    frames = new FrameMetrics(make, latency, stages);
    sessions = new SessionMetrics(make, latency);
    models = new ModelMetrics(make);
    grpc = new GrpcMetrics(make);
    device = new DeviceMetrics(make);
  }

  /// Counts what the engine does.
  public EngineMetrics engine() {
    return new EngineMetrics(stages, synthesis);
  }

  /// Watches what is not counted but asked for; to be called once.
  public void watch(LoadWatch watch) {
    make.watchedGauge(
        "tts_fallback_in_use",
        "1 while the fallback speaks in place of the default model",
        () -> watch.fallbackInUse().getAsBoolean() ? 1 : 0);
    make.watchedGauge(
        "tts_capacity_used_ratio",
        "Share of the inference threads in use or promised to running calls, 0 to 1",
        watch.capacityUsed());
    queues.watchedGauge(
        "tts_session_queue_depth",
        "Work that waits for an inference thread",
        watch.queueDepth()::getAsInt);
    make.watchedGauge(
        "tts_admission_waiting", "Calls that wait for capacity", watch.queuedCalls()::getAsInt);
    queues.watchedGauge(
        "tts_frame_queue_depth",
        "Frames of 20 ms that are computed and have not left",
        watch.framesWaiting()::getAsInt);
  }

  /// Tells of phrases that are kept to be said again.
  public void watchPhrases(LongSupplier hits, LongSupplier misses, LongSupplier bytes) {
    make.watchedCounter(
        "tts_phrase_cache_hits_total", "Phrases that were heard from an earlier take", hits);
    make.watchedCounter(
        "tts_phrase_cache_misses_total",
        "Phrases short enough to be kept that were not there",
        misses);
    make.watchedGauge(
        "tts_phrase_cache_bytes", "Memory of phrases that are kept", () -> bytes.getAsLong());
  }

  /// Watches whether the worker is registered with Redis.
  public void watchRegistration(BooleanSupplier registered) {
    make.watchedGauge(
        "tts_redis_registered",
        "1 while this worker is registered with Redis",
        () -> registered.getAsBoolean() ? 1 : 0);
  }

  /// Watches certificates and tokens; to be called once.
  ///
  /// @param files one for each role that is configured, asked whenever metrics are read
  public void watchAccess(Supplier<List<CredentialStatus>> files) {
    make.watchedGauges(
        "tts_tls_certificate_expiry_timestamp_seconds",
        "Unix time at which the first of the certificates in use expires",
        "role",
        files,
        CredentialStatus::role,
        file ->
            file.expires().isPresent()
                ? OptionalDouble.of((double) file.expires().get().getEpochSecond())
                : OptionalDouble.empty());
    make.watchedCounters(
        "tts_access_reload_errors_total",
        "Times that changed files of certificates or tokens could not be used",
        "role",
        files,
        CredentialStatus::role,
        CredentialStatus::failedReloads);
    make.watchedGauges(
        "tts_access_reload_failed",
        "1 while changed files cannot be used and those read before stay in use",
        "role",
        files,
        CredentialStatus::role,
        file -> OptionalDouble.of(file.reloadFailed() ? 1 : 0));
  }

  /// Shows which build runs.
  ///
  /// @param version of this worker
  /// @param java version of the virtual machine
  public void build(String version, String java, String onnxRuntime) {
    make.info("tts_build_info", "Which build of the worker runs", "version", "java", "onnxruntime")
        .setLabelValues(version, java, onnxRuntime);
  }

  public StageMetrics stages() {
    return stages;
  }

  public SynthesisMetrics synthesis() {
    return synthesis;
  }

  public FrameMetrics frames() {
    return frames;
  }

  public SessionMetrics sessions() {
    return sessions;
  }

  public ModelMetrics models() {
    return models;
  }

  public GrpcMetrics grpc() {
    return grpc;
  }

  public DeviceMetrics device() {
    return device;
  }
}
