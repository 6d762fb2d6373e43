package dev.ttsworker.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.CapabilitySettings;
import dev.ttsworker.config.RedisAddress;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordVerifierIT {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @TempDir Path folder;

  private static RedisAddress address(int port) {
    return new RedisAddress(false, "127.0.0.1", port, Optional.empty(), Optional.empty(), 0);
  }

  private static String record() {
    return new WorkerRecord(
            "w",
            "grpc://host:7001",
            new CapabilitySettings(true, false, false, true, List.of("en"), false, 10),
            new Presence(List.of("x"), Map.of("rtf", 0.1)),
            NOW.minusSeconds(3))
        .json();
  }

  @Test
  void whatIsFoundIsReportedAsReadersFindIt() throws Exception {
    try (RedisServer redis = new RedisServer(folder);
        RedisStore store = new RedisStore(address(redis.port()))) {
      RecordVerifier check = new RecordVerifier(address(redis.port()), InstantSource.fixed(NOW));
      assertFails(check, "has no key worker:w");
      store.put("worker:w", record(), Duration.ofSeconds(60));
      String found = check.verify("w");
      assertTrue(
          found.matches("worker:w at grpc://host:7001, written 3 s ago, expires in (60|59) s"),
          found);
      store.put("worker:w", "{\"name\": \"w\"}", Duration.ofSeconds(60));
      assertFails(check, "is missing or of another type");
      store.put(
          "worker:w", record().replace("\"name\"", "\"more\":1,\"name\""), Duration.ofSeconds(60));
      assertFails(check, "the contract: [addr, capabilities, ");
      store.put("worker:w", "hello", Duration.ofSeconds(60));
      assertFails(check, "is not JSON");
    }
  }

  private static void assertFails(RecordVerifier check, String why) {
    WorkerException failure = assertThrows(WorkerException.class, () -> check.verify("w"));
    assertTrue(failure.getMessage().contains(why), failure.getMessage());
  }

  @Test
  void redisThatIsNotThereIsNamed() {
    RecordVerifier check = new RecordVerifier(address(1), InstantSource.system());
    IOException failure = assertThrows(IOException.class, () -> check.verify("w"));
    assertEquals("redis://127.0.0.1:1 cannot be reached: Connection refused", failure.getMessage());
  }
}
