package dev.ttsworker.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Registry of all metrics of this worker, by topic. Thread-safe and cheap; methods called for
/// every frame allocate nothing and take no lock. A metric that is not selected is counted but not
/// published.
public final class WorkerMetrics {
  private final MetricFactory factory;
  private final MetricFactory queues;
  private final StageMetrics stages;
  private final SynthesisMetrics synthesis;
  private final FrameMetrics frames;
  private final SessionMetrics sessions;
  private final ModelMetrics models;
  private final GrpcMetrics grpc;
  private final DeviceMetrics device;

  /// Publishes all metrics on `registry`.
  public WorkerMetrics(PrometheusRegistry registry) {
    this(registry, MetricSelection.ALL);
  }

  /// @param selection metrics to publish
  public WorkerMetrics(PrometheusRegistry registry, MetricSelection selection) {
    factory = new MetricFactory(registry, selection.exemplars());
    MetricFactory unpublished = new MetricFactory(new PrometheusRegistry(), false);
    queues = selection.queueDepth() ? factory : unpublished;
    MetricFactory latency = selection.latency() ? factory : unpublished;
    stages = new StageMetrics(latency);
    synthesis = new SynthesisMetrics(factory, selection.rtf() ? factory : unpublished);
    frames = new FrameMetrics(factory, latency, stages);
    sessions = new SessionMetrics(factory, latency);
    models = new ModelMetrics(factory);
    grpc = new GrpcMetrics(factory);
    device = new DeviceMetrics(factory);
  }

  /// Observer that counts events of the engine.
  public EngineMetrics engine() {
    return new EngineMetrics(stages, synthesis);
  }

  /// Publishes the gauges of load; to be called once.
  public void watch(LoadGauges watch) {
    factory.gaugeCallback(
        "tts_fallback_in_use",
        "1 while the fallback speaks in place of the default model",
        () -> watch.fallbackInUse().getAsBoolean() ? 1 : 0);
    factory.gaugeCallback(
        "tts_capacity_used_ratio",
        "Share of the inference threads in use or promised to running calls, 0 to 1",
        watch.capacityUsed());
    queues.gaugeCallback(
        "tts_session_queue_depth",
        "Work that waits for an inference thread",
        watch.queueDepth()::getAsInt);
    factory.gaugeCallback(
        "tts_admission_waiting", "Calls that wait for capacity", watch.queuedCalls()::getAsInt);
    queues.gaugeCallback(
        "tts_frame_queue_depth",
        "Frames of 20 ms that are computed and have not left",
        watch.framesWaiting()::getAsInt);
  }

  /// Publishes the counters of the phrase cache.
  public void watchPhrases(LongSupplier hits, LongSupplier misses, LongSupplier bytes) {
    factory.counterCallback("tts_phrase_cache_hits_total", "Phrases served from the cache", hits);
    factory.counterCallback(
        "tts_phrase_cache_misses_total", "Cacheable phrases that were not in the cache", misses);
    factory.gaugeCallback(
        "tts_phrase_cache_bytes", "Memory of cached phrases", () -> bytes.getAsLong());
  }

  /// Publishes whether the worker is registered with Redis.
  public void watchRegistration(BooleanSupplier registered) {
    factory.gaugeCallback(
        "tts_redis_registered",
        "1 while this worker is registered with Redis",
        () -> registered.getAsBoolean() ? 1 : 0);
  }

  /// Publishes the status of certificates and tokens; to be called once.
  ///
  /// @param files one for each configured role, read at each scrape
  public void watchAccess(Supplier<List<CredentialStatus>> files) {
    factory.gaugeCallbacks(
        "tts_tls_certificate_expiry_timestamp_seconds",
        "Unix time at which the first of the certificates in use expires",
        "role",
        files,
        CredentialStatus::role,
        file ->
            file.expires().isPresent()
                ? OptionalDouble.of((double) file.expires().get().getEpochSecond())
                : OptionalDouble.empty());
    factory.counterCallbacks(
        "tts_access_reload_errors_total",
        "Times that changed files of certificates or tokens could not be used",
        "role",
        files,
        CredentialStatus::role,
        CredentialStatus::failedReloads);
    factory.gaugeCallbacks(
        "tts_access_reload_failed",
        "1 while changed files cannot be used and those read before stay in use",
        "role",
        files,
        CredentialStatus::role,
        file -> OptionalDouble.of(file.reloadFailed() ? 1 : 0));
  }

  /// Publishes the build information.
  ///
  /// @param version of this worker
  /// @param java version of the virtual machine
  public void build(String version, String java, String onnxRuntime) {
    factory
        .info("tts_build_info", "Which build of the worker runs", "version", "java", "onnxruntime")
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
