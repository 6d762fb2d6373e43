package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.GpuUsage;
import dev.ttsworker.fixture.MetricsPage;
import dev.ttsworker.fixture.Queries;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.CredentialStatus;
import dev.ttsworker.metrics.Exposition;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.LoadModelRequest;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.UnloadModelRequest;
import io.grpc.Status;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running worker shows on its metrics port.
final class MetricsIT {
  private static final String TINY = "piper-tiny";
  private static final String REQUESTS = "tts_synthesis_requests_total";
  private static final int FRAME_BYTES = 1920;

  /// Name, type and labels of every metric but those of the GPU, `process_*` and `jvm_*`.
  private static final String LIST =
      """
      tts_synthesis_requests_total counter model_id,outcome
      tts_synthesis_duration_seconds histogram
      tts_admission_wait_seconds histogram
      tts_admission_waiting gauge
      tts_synthesis_rtf gauge model_id
      tts_first_audio_latency_seconds histogram model_id
      tts_first_audible_latency_seconds histogram
      tts_stage_seconds histogram stage
      tts_underruns_total counter
      tts_control_latency_seconds histogram command
      tts_models_resident_count gauge
      tts_model_load_duration_seconds histogram
      tts_model_load_total counter
      tts_model_load_errors_total counter
      tts_model_unload_total counter
      tts_model_eviction_total counter
      tts_device_degraded gauge
      tts_device_info gauge device,reason
      tts_build_info gauge java,onnxruntime,version
      tts_refused_total counter reason
      tts_audio_frames_generated_total counter
      tts_audio_loudness_lufs gauge model_id
      tts_sessions_active gauge
      tts_session_queue_depth gauge
      tts_capacity_used_ratio gauge
      tts_unknown_phonemes_total counter
      tts_sessions_total counter model_id
      tts_session_duration_seconds histogram
      tts_frame_queue_depth gauge
      tts_frames_sent_total counter
      tts_frames_dropped_total counter
      tts_frame_send_duration_seconds histogram
      tts_audio_normalization_total counter
      tts_cpu_usage_percent gauge
      tts_grpc_requests_total counter method
      tts_grpc_request_errors_total counter code,method
      tts_grpc_request_duration_seconds histogram method
      tts_fallback_in_use gauge
      """;

  private static final int MOST_CALLS = 5;

  @TempDir static Path folder;
  static MetricsPage page;
  static TestWorker worker;

  /// What the worker showed before the first call.
  static Exposition fresh;

  @BeforeAll
  static void start() throws Exception {
    page = MetricsPage.onAnyPort();
    Path broken = Files.createDirectories(folder.resolve("voicepacks/piper/broken"));
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    Files.copy(
        folder.resolve("voicepacks/piper/tiny/tiny.onnx.json"), broken.resolve("v.onnx.json"));
    Files.write(broken.resolve("v.onnx"), new byte[] {1, 2, 3});
    String limits = "\nlimits: {max_open_calls: " + MOST_CALLS + "}";
    worker = TestWorker.startAsIs(folder, page.setting() + limits).await(Readiness.State.SERVING);
    fresh = page.read();
    worker.session("call", "", Map.of("seed", "1"));
    worker.session("paced", "", Map.of("seed", "1", "max_lead_ms", "100"));
    worker.session("ended", "", Map.of());
    worker.endSession("ended");
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  /// So that nothing of another test is counted in this one.
  @BeforeEach
  void allCallsHaveBeenCounted() throws Exception {
    worker.awaitStreams(0);
    page.await(MetricsIT::isQuiet);
  }

  /// Calls are counted on the wire when they end, and as synthesis a moment later.
  private static boolean isQuiet(Exposition now) {
    return now.sum("tts_grpc_requests_total", "method", "Synthesize") == now.sum(REQUESTS);
  }

  @Test
  void everyMetricOfTheListIsThereWithTypeHelpAndLabels() throws Exception {
    speakStopAndBeRefused();
    Exposition shown =
        page.await(now -> now.sum(REQUESTS, "outcome", "refused") > 0 && isQuiet(now));
    String manual = Files.readString(TestWorker.PROJECT.resolve("docs/operations.md"));
    LIST.lines()
        .map(line -> line.split(" "))
        .forEach(line -> {
          Exposition.Family family = shown.family(line[0]);
          assertEquals(line[1], family.type(), line[0]);
          assertEquals(line.length > 2 ? line[2] : "", String.join(",", family.labels()), line[0]);
          assertTrue(manual.contains('`' + line[0]), line[0] + " is not explained");
        });
    shown
        .families()
        .forEach((name, family) -> {
          assertFalse(family.help().isEmpty(), name);
          assertFalse(family.labels().contains("session_id"), name);
        });
    assertTrue(shown.sum("process_resident_memory_bytes") > 10_000_000);
    assertTrue(shown.sum("process_cpu_seconds_total") > 0);
    assertTrue(shown.sum("jvm_memory_used_bytes", "area", "heap") > 0);
    assertTrue(shown.sum("jvm_threads_current") > 1);
    assertEquals(Set.of("gc"), shown.family("jvm_gc_collection_seconds").labels());
  }

  /// A series that begins with its first error has no increase for Prometheus.
  @Test
  void errorsAreShownBeforeTheFirst() {
    assertEquals(1, fresh.count("tts_model_load_errors_total"));
    assertEquals(0, fresh.sum("tts_model_load_errors_total"));
    for (String voice : List.of(TINY, "piper-tiny-speakers", "mock-440hz")) {
      for (String outcome : List.of("completed", "stopped", "cancelled", "failed", "refused")) {
        assertEquals(1, fresh.count(REQUESTS, "model_id", voice, "outcome", outcome), voice);
      }
    }
    assertEquals(0, fresh.sum(REQUESTS));
    List<String> methods = new ArrayList<>(List.of("Check", "Watch", "ServerReflectionInfo"));
    TTSServiceGrpc.getServiceDescriptor()
        .getMethods()
        .forEach(method -> methods.add(String.valueOf(method.getBareMethodName())));
    assertEquals(11, methods.size());
    for (String method : methods) {
      assertEquals(1, fresh.count("tts_grpc_requests_total", "method", method), method);
      for (String code : List.of("INTERNAL", "UNKNOWN", "DATA_LOSS")) {
        assertEquals(
            1,
            fresh.count("tts_grpc_request_errors_total", "method", method, "code", code),
            method);
      }
    }
    for (RefusalMetrics.Connection reason : RefusalMetrics.Connection.values()) {
      String label = reason.name().toLowerCase(Locale.ROOT);
      assertEquals(1, fresh.count("tts_refused_total", "reason", label), label);
    }
  }

  private static void speakStopAndBeRefused() throws Exception {
    byte[] _ = worker.say("call", "Hello.");
    SpokenCall call = paced();
    worker.control("paced", ControlCommand.STOP);
    call.hearOut();
    refuse();
  }

  private static SpokenCall paced() throws InterruptedException {
    SpokenCall call = worker.call();
    call.sendFinal("paced", "Good morning, dear listener, how are you today? ".repeat(50));
    assertTrue(call.next().isPresent());
    return call;
  }

  /// Opens more calls than are allowed at once.
  private static void refuse() throws Exception {
    List<SpokenCall> open = new ArrayList<>();
    for (int i = 0; i < MOST_CALLS; i++) {
      SpokenCall call = worker.call();
      call.send("call", "No sentence ends here");
      open.add(call);
    }
    worker.awaitStreams(MOST_CALLS);
    SpokenCall surplus = worker.call();
    surplus.sendFinal("call", "Hello.");
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, surplus.failure().getCode());
    worker.control("call", ControlCommand.STOP);
    for (SpokenCall call : open) {
      call.hearOut();
    }
  }

  @Test
  void oneCallMovesItsNumbers() throws Exception {
    Exposition before = page.read();
    int frames = worker.say("call", "Good morning. Hello.").length / FRAME_BYTES;
    Change change = new Change(before, ended(before, "completed"));
    assertEquals(1, change.of(REQUESTS));
    assertEquals(1, change.of("tts_synthesis_duration_seconds_count"));
    assertEquals(1, change.of("tts_first_audio_latency_seconds_count", "model_id", TINY));
    assertEquals(1, change.of("tts_first_audible_latency_seconds_count"));
    assertEquals(frames, change.of("tts_frames_sent_total"));
    assertEquals(frames, change.of("tts_audio_frames_generated_total"));
    assertEquals(frames, change.of("tts_frame_send_duration_seconds_count"));
    assertEquals(0, change.of("tts_frames_dropped_total"));
    assertEquals(1, change.of("tts_audio_normalization_total"));
    assertEquals(2, change.of("tts_stage_seconds_count", "stage", "text"), "two sentences");
    for (String stage : new String[] {"queue", "acoustic", "vocoder", "post", "send"}) {
      assertTrue(change.of("tts_stage_seconds_count", "stage", stage) >= 2, stage);
    }
    double computing = change.of("tts_stage_seconds_sum");
    assertTrue(computing > 0 && computing < 60, computing + " s");
    assertEquals(1, change.of("tts_grpc_requests_total", "method", "Synthesize"));
    assertEquals(0, change.of("tts_grpc_request_errors_total"));
    assertTrue(change.after().sum("tts_synthesis_rtf", "model_id", TINY) > 0);
    assertEquals(0, change.after().sum("tts_frame_queue_depth"));
    assertEquals(-16, change.after().sum("tts_audio_loudness_lufs", "model_id", TINY), 1.5);
  }

  @Test
  void stopMovesItsNumbersAndFramesAreSentOrDropped() throws Exception {
    SpokenCall call = paced();
    Exposition before =
        page.await(
            now -> now.sum("tts_frame_queue_depth") > 0 && now.sum("tts_capacity_used_ratio") > 0);
    worker.control("paced", ControlCommand.STOP);
    int frames = call.frames().size();
    assertTrue(frames > 0);
    Change change = new Change(before, ended(before, "stopped"));
    assertEquals(1, change.of(REQUESTS));
    assertEquals(0, change.of("tts_synthesis_duration_seconds_bucket", "le", "0.005"));
    String stops = "tts_control_latency_seconds_count";
    Exposition after =
        page.await(
            now -> now.sum(stops, "command", "STOP") == before.sum(stops, "command", "STOP") + 1);
    assertEquals(0, after.sum("tts_frame_queue_depth"));
    assertEquals(
        after.sum("tts_audio_frames_generated_total"),
        after.sum("tts_frames_sent_total") + after.sum("tts_frames_dropped_total"));
  }

  @Test
  void refusedCallMovesItsNumbers() throws Exception {
    Exposition before = page.read();
    refuse();
    double stopped = before.sum(REQUESTS, "outcome", "stopped") + MOST_CALLS;
    Change change =
        new Change(before, page.await(now -> now.sum(REQUESTS, "outcome", "stopped") == stopped));
    assertEquals(1, change.of(REQUESTS, "outcome", "refused", "model_id", TINY));
    assertEquals(MOST_CALLS + 1, change.of(REQUESTS));
    assertEquals(MOST_CALLS, change.of("tts_synthesis_duration_seconds_count"));
    assertEquals(
        1,
        change.of(
            "tts_grpc_request_errors_total", "method", "Synthesize", "code", "RESOURCE_EXHAUSTED"));
  }

  @Test
  void loadsUnloadsAndFailedLoadsMoveTheirNumbers() throws Exception {
    Exposition before = page.read();
    assertFalse(load("piper-broken"));
    Change failed = new Change(before, page.read());
    assertEquals(1, failed.of("tts_model_load_errors_total"));
    assertEquals(0, failed.of("tts_model_load_total"));
    assertEquals(0, failed.of("tts_models_resident_count"));
    assertTrue(load("piper-tiny-speakers"));
    Change loaded = new Change(failed.after(), page.read());
    assertEquals(1, loaded.of("tts_model_load_total"));
    assertEquals(1, loaded.of("tts_model_load_duration_seconds_count"));
    assertEquals(1, loaded.of("tts_models_resident_count"));
    assertEquals(
        -16, loaded.after().sum("tts_audio_loudness_lufs", "model_id", "piper-tiny-speakers"), 3);
    var _ =
        worker
            .stub()
            .unloadModel(UnloadModelRequest.newBuilder().setModelId("piper-tiny-speakers").build());
    Change unloaded = new Change(loaded.after(), page.read());
    assertEquals(1, unloaded.of("tts_model_unload_total"));
    assertEquals(0, unloaded.of("tts_model_eviction_total"));
    assertEquals(-1, unloaded.of("tts_models_resident_count"));
  }

  private static boolean load(String modelId) {
    return worker
        .stub()
        .loadModel(LoadModelRequest.newBuilder().setModelId(modelId).build())
        .getSuccess();
  }

  @Test
  void sessionsComeAndGo() throws Exception {
    Exposition before = page.read();
    worker.session("one", TINY, Map.of());
    worker.session("two", TINY, Map.of());
    worker.endSession("one");
    Change change = new Change(before, page.read());
    assertEquals(2, change.of("tts_sessions_total", "model_id", TINY));
    assertEquals(1, change.of("tts_sessions_active"));
    assertEquals(1, change.of("tts_session_duration_seconds_count"));
    worker.endSession("two");
  }

  @Test
  void whatIsNotTrackedIsNotShown(@TempDir Path other) throws Exception {
    MetricsPage silent = MetricsPage.onAnyPort();
    try (TestWorker untracked =
        TestWorker.start(
                other,
                silent.setting("track_latency: false, track_rtf: false, track_queue_depth: false"))
            .await(Readiness.State.SERVING)) {
      untracked.session("call", "", Map.of());
      assertTrue(untracked.say("call", "Hello.").length > 0);
      Exposition shown = silent.await(now -> now.sum(REQUESTS) > 0);
      assertEquals(
          Set.of("tts_synthesis_duration_seconds", "tts_grpc_request_duration_seconds"),
          names(shown, name -> name.matches("tts_(synthesis|grpc).*seconds")));
      assertEquals(
          Set.of(), names(shown, name -> name.matches("tts_.*(latency|stage|send|rtf|depth).*")));
    }
  }

  private static Set<String> names(Exposition shown, Predicate<String> wanted) {
    Set<String> names = new TreeSet<>(shown.families().keySet());
    names.removeIf(wanted.negate());
    return names;
  }

  @Test
  void dashboardAndAlertsNameOnlyWhatIsShown() throws Exception {
    speakStopAndBeRefused();
    Exposition shown =
        page.await(now -> now.sum(REQUESTS, "outcome", "refused") > 0 && isQuiet(now));
    Path dashboards = TestWorker.PROJECT.resolve("docs/grafana");
    for (Path file :
        new Path[] {dashboards.resolve("tts-worker.json"), dashboards.resolve("alerts.yml")}) {
      Queries queries = Queries.of(file);
      assertTrue(queries.expressions().size() > 10, file.toString());
      assertEquals(Set.of(), queries.unknown(shown, ofOtherWorkers()), file.toString());
    }
  }

  /// What only workers with a GPU, Redis, certificates or tokens show.
  private static Exposition ofOtherWorkers() {
    PrometheusRegistry registry = new PrometheusRegistry();
    WorkerMetrics metrics = new WorkerMetrics(registry);
    metrics.device().watchGpus(() -> List.of(new GpuUsage("cuda:0", 1, 2, OptionalInt.of(3))));
    metrics.watchRegistration(() -> true);
    Optional<Instant> expires = Optional.of(Instant.EPOCH);
    metrics.watchAccess(() -> List.of(new CredentialStatus("client_ca", 0, false, expires)));
    return Exposition.of(registry);
  }

  /// Waits until a call more has ended so, and every call's gRPC side with it.
  private static Exposition ended(Exposition before, String outcome) throws Exception {
    return page.await(now ->
        now.sum(REQUESTS, "outcome", outcome) > before.sum(REQUESTS, "outcome", outcome)
            && isQuiet(now));
  }

  /// What has changed from one reading to another.
  private record Change(Exposition before, Exposition after) {
    double of(String sample, String... labels) {
      return after.sum(sample, labels) - before.sum(sample, labels);
    }
  }
}
