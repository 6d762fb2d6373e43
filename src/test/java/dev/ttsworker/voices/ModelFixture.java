package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.voicepack.Problem;
import dev.ttsworker.voicepack.Scan;
import dev.ttsworker.voicepack.VoiceFiles;
import dev.ttsworker.voicepack.Voicepack;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// A [VoiceManager] with a fake loader, disk and clock. By default: `piper-a` is the default and
/// its own fallback, there is no accelerator, `piper-b`, `piper-c` and the tone are installed too.
final class ModelFixture implements AutoCloseable {
  final FakeLoader loader = new FakeLoader();
  final FakeTimer timer = new FakeTimer();
  final Readiness readiness = new Readiness();
  final PrometheusRegistry registry = new PrometheusRegistry();
  final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Voicepack> disk = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Readiness.Status> statuses = new ArrayList<>();
  private Optional<VoiceManager> manager = Optional.empty();
  String defaultId = "piper-a";
  String fallbackId = "piper-a";
  List<String> preload = List.of();
  Map<String, String> aliases = Map.of("piper-lessac", "piper-a");
  Duration timeToLive = Duration.ofMinutes(10);
  Duration minResidency = Duration.ofMinutes(2);
  Duration evictCheckInterval = Duration.ofSeconds(30);
  int residentCap = 3;
  int maxParallelLoads = 1;
  boolean warmUp = true;
  volatile boolean accelerated;

  ModelFixture() {
    install("piper-a", "1");
    install("piper-b", "1");
    install("piper-c", "1");
    synchronized (this) {
      disk.put(
          "mock-440hz", new Voicepack("mock-440hz", "mock", Optional.empty(), List.of(), Map.of()));
    }
    readiness.addListener(this::remember);
  }

  synchronized void install(String modelId, String fingerprint) {
    String name = modelId.substring(modelId.indexOf('-') + 1);
    Path folder = Path.of("voicepacks", "piper", name);
    VoiceFiles files =
        new VoiceFiles(
            folder, folder.resolve("v.onnx"), folder.resolve("v.onnx.json"), fingerprint);
    disk.put(
        modelId,
        new Voicepack(
            modelId, "piper", Optional.of(files), List.of("en-US"), Map.of("license", "CC0")));
  }

  synchronized void remove(String modelId) {
    disk.remove(modelId);
  }

  synchronized void addProblem(String folder, String reason) {
    problems.add(new Problem(folder, reason));
  }

  synchronized Scan scan() {
    return new Scan(List.copyOf(disk.values()), problems);
  }

  ModelSettings settings() {
    return new ModelSettings(
        defaultId,
        fallbackId,
        preload,
        timeToLive,
        minResidency,
        evictCheckInterval,
        residentCap,
        maxParallelLoads,
        warmUp,
        "This is a warmup test.",
        Path.of("voicepacks"),
        aliases,
        false,
        URI.create("http://127.0.0.1:1/"));
  }

  /// The manager, made at the first call with the settings as they are then.
  VoiceManager models() {
    if (manager.isEmpty()) {
      manager =
          Optional.of(
              new VoiceManager(
                  settings(),
                  this::scan,
                  loader,
                  () -> accelerated,
                  readiness,
                  new WorkerMetrics(registry),
                  new BackgroundTasks(
                      Thread.ofPlatform().daemon().factory(), timer, timer::nanoTime)));
    }
    return manager.get();
  }

  /// Starts the manager and waits until it knows whether it can speak.
  VoiceManager started() throws InterruptedException {
    models().start();
    awaitStatus(status -> status.state() != Readiness.State.LOADING);
    return models();
  }

  private synchronized void remember(Readiness.Status status) {
    statuses.add(status);
    notifyAll();
  }

  synchronized void awaitStatus(Predicate<Readiness.Status> wanted) throws InterruptedException {
    while (!wanted.test(statuses.getLast())) {
      wait();
    }
  }

  void awaitReason(String part) throws InterruptedException {
    awaitStatus(status -> status.reason().contains(part));
  }

  Future<VoiceLease> acquireSoon(String modelId) {
    return callers.submit(() -> models().acquire(modelId));
  }

  WorkerException refusal(String modelId) {
    return assertThrows(WorkerException.class, () -> models().acquire(modelId));
  }

  Map<String, String> metadata(String modelId) {
    return models().list().stream()
        .filter(model -> model.voicepack().modelId().equals(modelId))
        .findFirst()
        .orElseThrow()
        .metadata();
  }

  /// A counter's or gauge's value, by its name without `_total`.
  double metric(String name) {
    MetricSnapshot snapshot = registry.scrape(name::equals).stream().findFirst().orElseThrow();
    return switch (snapshot) {
      case CounterSnapshot counter -> counter.getDataPoints().getFirst().getValue();
      case GaugeSnapshot gauge -> gauge.getDataPoints().getFirst().getValue();
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  public void close() {
    manager.ifPresent(VoiceManager::close);
    callers.close();
  }
}
