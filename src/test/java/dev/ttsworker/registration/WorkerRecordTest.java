package dev.ttsworker.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.config.CapabilitySettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WorkerRecordTest {
  private static final CapabilitySettings CAPABILITIES =
      new CapabilitySettings(true, false, false, true, List.of("en", "de"), false, 10);

  private static String json(Instant heartbeat) {
    Presence presence =
        new Presence(List.of("piper-joe"), Map.of("rtf", 0.0625, "queue_depth", 2.0));
    return new WorkerRecord("w \"0\"", "grpc://host:7001", CAPABILITIES, presence, heartbeat)
        .json();
  }

  /// These bytes are a contract; the time is a float whatever the moment.
  @Test
  void hasTheSixFieldsThatReadersKnow() {
    assertEquals(
        "{\"name\":\"w \\\"0\\\"\",\"addr\":\"grpc://host:7001\",\"capabilities\":{"
            + "\"streaming\":true,\"zero_shot\":false,\"lora\":false,\"cpu_ok\":true,"
            + "\"languages\":[\"en\",\"de\"],\"emotive_zero_prompt\":false},"
            + "\"resident_models\":[\"piper-joe\"],"
            + "\"metrics\":{\"queue_depth\":2.0,\"rtf\":0.0625},"
            + "\"last_heartbeat_ts\":1764165421.070}",
        json(Instant.ofEpochMilli(1_764_165_421_070L)));
    String whole = json(Instant.ofEpochSecond(1_764_165_420));
    assertEquals("1764165420.000}", whole.substring(whole.lastIndexOf(':') + 1));
  }

  @Test
  void refusesWhatJsonCannotHold() {
    assertThrows(
        IllegalArgumentException.class, () -> new Presence(List.of(), Map.of("rtf", Double.NaN)));
  }
}
