package dev.ttsworker.config.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.CapabilitySettings;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.config.LoggingSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {
  @TempDir Path folder;
  private ConfigLoads loads;

  @BeforeEach
  void prepare() {
    loads = new ConfigLoads(folder);
  }

  @Test
  void defaultsAreThoseOfTheTable() {
    WorkerConfig config = ConfigLoads.defaults();
    assertEquals("tts-worker-0", config.worker().name());
    assertEquals("0.0.0.0", config.worker().grpcHost());
    assertEquals(7001, config.worker().grpcPort());
    assertEquals(20_000, config.worker().drain().toMillis());
    assertEquals(
        new CapabilitySettings(true, false, false, true, List.of("en"), false, 10),
        config.worker().capabilities());
    assertEquals("hibari-en-us-heart", config.models().defaultModelId());
    assertEquals("piper-en-us-joe-medium", config.models().fallbackModelId());
    assertEquals(Path.of("/base/voicepacks"), config.models().voicepackRoot());
    assertEquals(
        Map.of("piper-en-us-lessac-medium", "hibari-en-us-heart"), config.models().aliases());
    assertEquals("redis://localhost:6379", config.redis().url().toString());
    assertFalse(config.redis().enabled());
    assertEquals(9090, config.metrics().prometheusPort());
    assertEquals(Optional.empty(), config.logging().file());
    assertEquals(-16.0, config.audio().loudnessTargetLufs());
    assertEquals(List.of(), config.warnings());
  }

  @Test
  void allProblemsAtOnceWithTheirLines() {
    String yaml =
        """
        worker:
          name: tts
          grpc_prt: 7001
          grpc_port: 80
        model_manger:
          ttl_ms: 5
        engine:
          device: cud
        resident_cap: 3
        session: 5
        log_level: WARN
        """;
    String file = loads.file().toString();
    List<String> expected =
        List.of(
            file + ":3: worker.grpc_prt: unknown key; did you mean worker.grpc_port?",
            file + ":4: worker.grpc_port: 80 is out of range; allowed: 0 or 1024..65535",
            file + ":5: model_manger: unknown key; did you mean model_manager?",
            file
                + ":8: engine.device: value \"cud\" is not allowed; allowed: auto, cuda, webgpu, webgpu_software, cpu;"
                + " did you mean cuda?",
            file + ":9: resident_cap: unknown key; did you mean model_manager.resident_cap?",
            file
                + ":10: session: value 5 is not allowed; allowed: a section with the keys"
                + " idle_ttl_ms, implicit, max_lexicons_mb, max_open, max_pause_ms",
            file
                + ":11: logging.level: value \"WARN\" is not allowed; allowed: DEBUG, INFO, WARNING,"
                + " ERROR, CRITICAL; did you mean WARNING?",
            "environment variable TTL_MS: model_manager.ttl_ms: value \"x\" is not allowed;"
                + " allowed: 0..2147483647",
            "option --port: worker.grpc_port: 70000 is out of range;"
                + " allowed: 0 or 1024..65535");
    WorkerException e =
        assertThrows(
            WorkerException.class,
            () -> loads.load(yaml, Map.of("TTL_MS", "x"), Map.of(Option.PORT, "70000")));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, e.code());
    assertEquals(expected.stream().sorted().toList(), e.getMessage().lines().sorted().toList());
    assertEquals(expected.subList(0, 7), e.getMessage().lines().limit(7).toList());
  }

  /// Who typed a wrong option gets another exit code than who wrote a wrong file.
  @Test
  void problemsOfTheCommandLineAreKnown() {
    ConfigLoader loader = ConfigLoads.loader(Map.of("TTL_MS", "x"));
    Optional<Path> file = Optional.of(loads.write("worker: {grpc_port: 1}"));
    assertEquals(
        List.of(false, false),
        loader.check(file, Overrides.none()).problems().stream()
            .map(ConfigProblem::isOfCommandLine)
            .toList());
    assertEquals(
        List.of("worker.grpc_port: true", "model_manager.ttl_ms: false", "engine.device: true"),
        loader
            .check(
                Optional.empty(), new Overrides(Map.of(Option.PORT, "abc", Option.DEVICE, "tpu")))
            .problems()
            .stream()
            .map(problem -> problem.keyPath() + ": " + problem.isOfCommandLine())
            .toList());
    ConfigProblem taken =
        ConfigLoads.loader(Map.of())
            .check(Optional.empty(), new Overrides(Map.of(Option.PORT, "9090")))
            .problems()
            .getFirst();
    assertTrue(taken.isOfCommandLine(), taken.describe());
  }

  @Test
  void whatIsMeantByAnotherWordIsProposed() {
    Map<String, String> meant =
        Map.of(
            "gpu", "cuda",
            "GPU", "cuda",
            "gpu:0", "cuda",
            "nvidia", "cuda",
            "cuda:1", "cuda",
            "gpus", "cuda",
            "cpuu", "cpu",
            "best", "auto");
    meant.forEach((word, device) -> {
      ConfigProblem problem = loads.problems("engine: {device: '" + word + "'}").getFirst();
      assertTrue(problem.message().endsWith("; did you mean " + device + "?"), problem.message());
    });
    ConfigProblem far = loads.problems("engine: {device: abacus}").getFirst();
    assertTrue(
        far.message().endsWith("allowed: auto, cuda, webgpu, webgpu_software, cpu"), far.message());
    ConfigProblem fatal = loads.problems("log_level: fatal").getFirst();
    assertTrue(fatal.message().endsWith("did you mean CRITICAL?"), fatal.message());
  }

  @Test
  void folderOfTheVoicesIsNoFile() {
    Path file = loads.write("{}");
    ConfigProblem problem =
        ConfigLoads.loader(Map.of("VOICEPACK_ROOT", file.toString()))
            .check(Optional.empty(), Overrides.none())
            .problems()
            .getFirst();
    assertEquals("environment variable VOICEPACK_ROOT", problem.source());
    assertTrue(problem.message().endsWith("is not allowed; allowed: a folder"), problem.message());
  }

  @Test
  void unknownKeyFarFromAllListsWhatIsAllowed() {
    ConfigProblem problem = loads.problems("synthesis: {zzzzzzzzzz: 1}").getFirst();
    assertEquals(
        "unknown key; allowed here: max_lead_ms, phonemes, phrase_cache_max_chars,"
            + " phrase_cache_mb",
        problem.message());
    assertEquals(1, problem.line());
  }

  @Test
  void strongerSourcesWin() {
    String yaml = "worker: {grpc_port: 7100}";
    Map<String, String> environment = Map.of("WORKER_GRPC_PORT", "7200", "WORKER_PORT", "7300");
    assertEquals(7100, loads.load(yaml).worker().grpcPort());
    assertEquals(
        7300, loads.load(yaml, Map.of("WORKER_PORT", "7300"), Map.of()).worker().grpcPort());
    assertEquals(7200, loads.load(yaml, environment, Map.of()).worker().grpcPort());
    assertEquals(
        7400, loads.load(yaml, environment, Map.of(Option.PORT, "7400")).worker().grpcPort());
  }

  @Test
  void valueThatAStrongerSourceHidesIsStillChecked() {
    ConfigProblem problem =
        loads.problems("worker: {grpc_port: 1}", Map.of("WORKER_PORT", "7300")).getFirst();
    assertEquals(1, problem.line());
  }

  @Test
  void oddDoublesAreWarnings() {
    assertEquals(
        List.of(
            "environment variable WORKER_PORT: worker.grpc_port is overruled by environment"
                + " variable WORKER_GRPC_PORT"),
        loads
            .load("", Map.of("WORKER_GRPC_PORT", "7200", "WORKER_PORT", "7300"), Map.of())
            .warnings());
  }

  @Test
  void shortFormsOverruleLongOnes() {
    WorkerConfig config =
        loads.load(
            """
            worker: {grpc_port: 7001, grpc_host: 0.0.0.0}
            logging: {level: INFO}
            grpc:
              port: 7002
              host: 127.0.0.1
            log_level: DEBUG
            """);
    assertEquals(7002, config.worker().grpcPort());
    assertEquals("127.0.0.1", config.worker().grpcHost());
    assertEquals(LoggingSettings.Level.DEBUG, config.logging().level());
    assertEquals(3, config.warnings().size(), config.warnings()::toString);
    assertTrue(config.warnings().getFirst().contains(":1: worker.grpc_host is overruled by"));
  }

  @Test
  void everyVariableOfTheListIsRead() {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("DEFAULT_MODEL_ID", "mock"),
            Map.entry("ADAPTER_TYPE", "mock"),
            Map.entry("PRELOAD_MODEL_IDS", " piper , mock-440hz,"),
            Map.entry("WORKER_NAME", "w"),
            Map.entry("WORKER_GRPC_HOST", "h"),
            Map.entry("WORKER_GRPC_PORT", "7100"),
            Map.entry("REDIS_URL", "redis://r:1"),
            Map.entry("METRICS_ENABLED", "False"),
            Map.entry("METRICS_HOST", "127.0.0.1"),
            Map.entry("METRICS_PORT", "9191"),
            Map.entry("TTL_MS", "1"),
            Map.entry("MIN_RESIDENCY_MS", "2"),
            Map.entry("EVICT_CHECK_INTERVAL_MS", "33"),
            Map.entry("RESIDENT_CAP", "4"),
            Map.entry("MAX_PARALLEL_LOADS", "5"),
            Map.entry("WARMUP_ENABLED", "0"),
            Map.entry("WARMUP_TEXT", "Hi"),
            Map.entry("LOG_LEVEL", "error"),
            Map.entry("LOG_FORMAT", "text"),
            Map.entry("MAX_CONCURRENT_SESSIONS", "6"),
            Map.entry("VOICEPACK_ROOT", "v"),
            Map.entry("PIPER_MIRROR", "https://mirror/voices/"));
    WorkerConfig config = loads.load("", environment, Map.of());
    List<String> changed =
        EffectiveConfig.lines(config).stream()
            .filter(line -> !EffectiveConfig.lines(ConfigLoads.defaults()).contains(line))
            .toList();
    assertEquals(
        List.of(
            "logging.format: text",
            "logging.level: ERROR",
            "metrics.enabled: false",
            "metrics.host: 127.0.0.1",
            "metrics.prometheus_port: 9191",
            "model_manager.default_model_id: mock",
            "model_manager.evict_check_interval_ms: 33",
            "model_manager.max_parallel_loads: 5",
            "model_manager.min_residency_ms: 2",
            "model_manager.preload_model_ids: [piper, mock-440hz]",
            "model_manager.resident_cap: 4",
            "model_manager.ttl_ms: 1",
            "model_manager.voicepack_root: /base/v",
            "model_manager.warmup_enabled: false",
            "model_manager.warmup_text: Hi",
            "redis.enabled: true",
            "redis.url: redis://r:1",
            "voicepacks.piper_mirror: https://mirror/voices/",
            "worker.capabilities.max_concurrent_sessions: 6",
            "worker.grpc_host: h",
            "worker.grpc_port: 7100",
            "worker.name: w"),
        changed);
    assertEquals(List.of(), config.warnings());
    assertEquals(
        "mock",
        loads.load("", Map.of("DEFAULT_MODEL", "mock"), Map.of()).models().defaultModelId());
  }

  @Test
  void emptyVariableCountsAsUnset() {
    WorkerConfig config =
        loads.load("", Map.of("WORKER_PORT", "", "REDIS_URL", " ", "LOG_LEVEL", ""), Map.of());
    assertEquals(ConfigLoads.defaults(), config);
  }

  @Test
  void everyOptionOverrides() {
    WorkerConfig config =
        loads.load(
            "",
            Map.of("ADAPTER_TYPE", "piper"),
            Map.of(
                Option.HOST, "::1",
                Option.PORT, "0",
                Option.ADAPTER, "mock",
                Option.DEFAULT_MODEL, "MOCK-440hz",
                Option.PRELOAD, "a,b",
                Option.DEVICE, "cpu",
                Option.VOICEPACK_ROOT, "/v",
                Option.LOG_LEVEL, "DEBUG"));
    assertEquals("::1", config.worker().grpcHost());
    assertEquals(0, config.worker().grpcPort());
    assertEquals("mock-440hz", config.models().defaultModelId());
    assertEquals(List.of("a", "b"), config.models().preloadModelIds());
    assertEquals(EngineSettings.Device.CPU, config.engine().device());
    assertEquals(Path.of("/v"), config.models().voicepackRoot());
    assertEquals(LoggingSettings.Level.DEBUG, config.logging().level());
    assertEquals(List.of(), config.warnings());
  }

  @Test
  void adapterOfAnotherFamilyIsAWarning() {
    WorkerConfig config = loads.load("", Map.of("ADAPTER_TYPE", "sesame"), Map.of());
    assertEquals(
        List.of(
            "adapter \"sesame\" does not agree with the default model hibari-en-us-heart of"
                + " family hibari: the model decides"),
        config.warnings());
    assertEquals(List.of(), loads.load("", Map.of("ADAPTER_TYPE", "Hibari"), Map.of()).warnings());
  }

  @Test
  void redisIsOnWhenThereIsAWordAboutIt() {
    Map<String, String> address = Map.of("REDIS_URL", "redis://r");
    assertFalse(loads.load("").redis().enabled());
    assertTrue(loads.load("redis:").redis().enabled());
    assertTrue(loads.load("redis: {url: 'redis://h'}").redis().enabled());
    assertTrue(loads.load("", address, Map.of()).redis().enabled());
    WorkerConfig off = loads.load("redis: {enabled: false}", address, Map.of());
    assertFalse(off.redis().enabled());
    assertEquals(1, off.warnings().size());
    assertEquals(1, loads.load("redis: {heartbeat_interval_seconds: 30}").warnings().size());
  }

  @Test
  void checkoutLogsToItsFile() {
    ConfigLoader checkout = new ConfigLoader(ConfigLoads.BASE, true, Map.of());
    Optional<Path> file = Optional.of(loads.write("logging: {file: ''}"));
    assertEquals(
        Optional.of(Path.of("/base/logs/worker.log")),
        checkout.load(Optional.empty(), Overrides.none()).logging().file());
    assertEquals(Optional.empty(), checkout.load(file, Overrides.none()).logging().file());
  }

  @Test
  void samePortTwiceIsAProblem() {
    ConfigProblem problem = loads.problems("worker: {grpc_port: 9090}").getFirst();
    assertEquals("metrics.prometheus_port", problem.keyPath());
    assertEquals(List.of(), loads.problems("worker: {grpc_port: 9090}\nmetrics: {enabled: false}"));
    assertEquals(
        List.of(), loads.problems("worker: {grpc_port: 0}\nmetrics: {prometheus_port: 0}"));
  }

  @Test
  void passwordsNeverShow() {
    String secret = "hunter2";
    String url = "redis://user:" + secret + "x".repeat(90) + "@h:1";
    assertFalse(loads.load("redis: {url: '" + url + "'}").toString().contains(secret));
    assertFalse(
        String.join("", EffectiveConfig.lines(loads.load("redis: {url: '" + url + "'}")))
            .contains(secret));
    for (String yaml :
        List.of(
            "redis: {url: 'http" + url.substring(5) + "'}",
            "redis: {url: 'user:" + secret + "@h'}",
            "redis: '" + url + "'",
            "redis: {url: ['" + url + "']}",
            "redis: {url: {'" + url + "': 1}}",
            "redis: {enabled: '" + url + "'}",
            "redis: {url: '" + url + "\n\n  \"")) {
      List<ConfigProblem> problems = loads.problems(yaml);
      assertFalse(problems.isEmpty(), yaml);
      assertFalse(problems.toString().contains(secret), problems::toString);
    }
    String bad = loads.problems("", Map.of("REDIS_URL", "ftp://:" + secret + "@h")).toString();
    assertTrue(bad.contains("ftp://***@h"), bad);
  }
}
