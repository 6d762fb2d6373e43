package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.LogLines;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.RedisServer;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real worker beside a real Redis.
@Timeout(120)
final class RedisIT {
  private static final String KEY = "worker:tts-worker-0";

  @TempDir Path folder;

  @BeforeEach
  void installVoices() throws IOException {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
  }

  private TestWorker startWorker(String url, String... more) throws IOException {
    return TestWorker.startAsIs(
        folder,
        "worker: {grpc_host: localhost, grpc_port: 0, drain_grace_ms: 0, drain_ms: 0}",
        "redis: {url: '" + url + "', registration_ttl_seconds: 5, heartbeat_interval_seconds: 1}",
        String.join("\n", more));
  }

  private static String url(RedisServer redis) {
    return "redis://127.0.0.1:" + redis.port();
  }

  private static Jedis reader(RedisServer redis) {
    return new Jedis("127.0.0.1", redis.port());
  }

  private static JsonNode awaitRecord(Jedis reader) {
    String value = reader.get(KEY);
    while (value == null) {
      failAfterTimeout("no record");
      value = reader.get(KEY);
    }
    return new JsonMapper().readTree(value);
  }

  private static void awaitLine(LogLines log, String part, int times) {
    while (log.with(part).size() < times) {
      failAfterTimeout(log.lines().toString());
      Polling.pause();
    }
  }

  /// The timeout of a test interrupts it, which neither Redis nor a loop notices.
  private static void failAfterTimeout(String message) {
    assertFalse(Thread.interrupted(), message);
  }

  @Test
  void recordIsWrittenRenewedAndRemoved() throws Exception {
    try (RedisServer redis = new RedisServer(folder);
        Jedis reader = reader(redis)) {
      try (TestWorker worker = startWorker(url(redis)).await(Readiness.State.SERVING)) {
        JsonNode record = awaitRecord(reader);
        assertEquals("string", reader.type(KEY));
        assertRecord(record, worker.worker.port());
        double first = record.get("last_heartbeat_ts").doubleValue();
        long left = reader.pttl(KEY);
        assertTrue(left > 0 && left <= 5000, () -> left + " ms to live");
        assertRenewed(reader, first);
      }
      assertNull(reader.get(KEY));
    }
  }

  private static void assertRecord(JsonNode record, int port) throws IOException {
    String manual = Files.readString(TestWorker.PROJECT.resolve("docs/REDIS.md"));
    for (String name : record.get("metrics").propertyNames()) {
      assertTrue(manual.contains("`" + name + "`"), () -> name + " is not explained");
    }
    assertEquals(
        Set.of("name", "addr", "capabilities", "resident_models", "metrics", "last_heartbeat_ts"),
        Set.copyOf(record.propertyNames()));
    assertEquals("tts-worker-0", record.get("name").stringValue());
    String address = record.get("addr").stringValue();
    assertTrue(address.matches("grpc://[^:/]+:" + port), address);
    assertFalse(address.contains("0.0.0.0"));
    assertEquals(
        "[cpu_ok, emotive_zero_prompt, languages, lora, streaming, zero_shot]",
        new TreeSet<>(record.get("capabilities").propertyNames()).toString());
    assertEquals("[\"piper-tiny\"]", record.get("resident_models").toString());
    assertTrue(record.get("metrics").get("queue_depth").isNumber());
    assertTrue(record.get("metrics").get("rtf").isNumber());
    assertTrue(record.get("last_heartbeat_ts").isFloatingPointNumber());
    double age = Instant.now().toEpochMilli() / 1e3 - record.get("last_heartbeat_ts").doubleValue();
    assertTrue(age >= 0 && age < 60, () -> "heartbeat " + age + " s ago");
  }

  /// Readers know these fields and no others, so that none says what the port demands of callers.
  @Test
  void recordOfAWorkerThatNeedsTokensIsTheSame() throws Exception {
    Files.writeString(folder.resolve("tokens"), "a-token-for-the-tests");
    try (RedisServer redis = new RedisServer(folder);
        Jedis reader = reader(redis);
        TestWorker worker = startWorker(url(redis), "auth: {tokens_file: tokens}")) {
      assertRecord(awaitRecord(reader), worker.worker.port());
    }
  }

  /// The time to live falls, and goes up again with the next heartbeat.
  private static void assertRenewed(Jedis reader, double first) {
    long lowest = 5000;
    long left = reader.pttl(KEY);
    while (left <= lowest) {
      failAfterTimeout("not renewed");
      lowest = left;
      left = reader.pttl(KEY);
    }
    assertTrue(awaitRecord(reader).get("last_heartbeat_ts").doubleValue() > first);
  }

  @Test
  void workerThatCannotSpeakIsNotFoundUntilItCan() throws Exception {
    Path model = folder.resolve("voicepacks/piper/tiny/tiny.onnx");
    Path away = Files.move(model, folder.resolve("away.onnx"));
    try (RedisServer redis = new RedisServer(folder);
        Jedis reader = reader(redis);
        TestWorker worker = startWorker(url(redis)).await(Readiness.State.UNABLE)) {
      assertNull(reader.get(KEY));
      Files.move(away, model);
      worker.await(Readiness.State.SERVING);
      assertEquals("tts-worker-0", awaitRecord(reader).get("name").stringValue());
    }
  }

  @Test
  void outageIsReportedOnceAndEndsWithANewRegistration() throws Exception {
    try (LogLines log = new LogLines("dev.ttsworker.registration");
        RedisServer redis = new RedisServer(folder)) {
      redis.kill();
      try (TestWorker worker = startWorker(url(redis)).await(Readiness.State.SERVING)) {
        awaitLine(log, "cannot be reached: Connection refused", 1);
        worker.session("s", "", Map.of());
        assertTrue(worker.say("s", "Hello.").length > 1920);
        redis.restart();
        awaitLine(log, "Registered with Redis", 1);
        redis.kill();
        awaitLine(log, "cannot be reached: Connection refused", 2);
        redis.restart();
        awaitLine(log, "Registered with Redis", 2);
        try (Jedis reader = reader(redis)) {
          assertEquals("tts-worker-0", awaitRecord(reader).get("name").stringValue());
        }
        assertEquals(2, log.with("WARN").size(), log.lines()::toString);
        redis.kill();
        long began = System.nanoTime();
        worker.worker.close();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took::toString);
      }
    }
  }

  @Test
  void loginAndDatabaseOfTheUrlAreUsed() throws Exception {
    String[] options = {
      "--requirepass",
      "root",
      "--user",
      "u",
      "on",
      ">hun@ter2",
      "~worker:*",
      "+setex",
      "+del",
      "+select"
    };
    try (RedisServer redis = new RedisServer(folder, options);
        Jedis reader = reader(redis)) {
      reader.auth("root");
      reader.select(2);
      String address = "@127.0.0.1:" + redis.port() + "/2";
      try (TestWorker _ = startWorker("redis://u:hun%40ter2" + address)) {
        assertEquals("tts-worker-0", awaitRecord(reader).get("name").stringValue());
      }
      assertNull(reader.get(KEY));
    }
  }

  @Test
  void wrongPasswordIsSaidWithoutThePassword() throws Exception {
    try (LogLines log = new LogLines("dev.ttsworker.registration");
        RedisServer redis = new RedisServer(folder, "--requirepass", "right")) {
      String at = "127.0.0.1:" + redis.port();
      try (TestWorker _ = startWorker("redis://:hunter2@" + at)) {
        awaitLine(log, at + " does not know this user and password (WRONGPASS)", 1);
      }
      try (TestWorker _ = startWorker("redis://" + at)) {
        awaitLine(log, at + " requires a password, and redis.url has none (NOAUTH)", 1);
      }
      assertEquals(List.of(), log.with("hunter2"));
      assertEquals(2, log.lines().size(), log.lines()::toString);
    }
  }
}
