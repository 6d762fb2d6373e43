package dev.ttsworker.registration;

import dev.ttsworker.config.CapabilitySettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Record of this worker in Redis. Its readers exist already: the six fields, their names and their
/// types are fixed, also for TLS and tokens.
///
/// @param address `grpc://host:port`
record WorkerRecord(
    String name,
    String address,
    CapabilitySettings capabilities,
    Presence presence,
    Instant heartbeat) {
  private static final JsonMapper JSON = new JsonMapper();

  /// One JSON object on one line.
  String json() {
    ObjectNode record = JSON.createObjectNode();
    record.put("name", name).put("addr", address);
    record
        .putObject("capabilities")
        .put("streaming", capabilities.streaming())
        .put("zero_shot", capabilities.zeroShot())
        .put("lora", capabilities.lora())
        .put("cpu_ok", capabilities.cpuOk())
        .set("languages", JSON.valueToTree(capabilities.languages()))
        .put("emotive_zero_prompt", capabilities.emotiveZeroPrompt());
    record.set("resident_models", JSON.valueToTree(presence.residentModels()));
    record.set("metrics", JSON.valueToTree(new TreeMap<>(presence.metrics())));
    record.put("last_heartbeat_ts", BigDecimal.valueOf(heartbeat.toEpochMilli(), 3));
    return JSON.writeValueAsString(record);
  }
}
