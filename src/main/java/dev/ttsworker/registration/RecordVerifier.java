package dev.ttsworker.registration;

import dev.ttsworker.config.RedisAddress;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Verifier of a worker's record in Redis, as its readers see it.
public final class RecordVerifier {
  private static final Map<String, Predicate<JsonNode>> FIELDS =
      Map.of(
          "name", JsonNode::isString,
          "addr", JsonNode::isString,
          "capabilities", JsonNode::isObject,
          "resident_models", JsonNode::isArray,
          "metrics", JsonNode::isObject,
          "last_heartbeat_ts", JsonNode::isNumber);

  private final RedisAddress address;
  private final InstantSource clock;

  public RecordVerifier(RedisAddress address, InstantSource clock) {
    this.address = address;
    this.clock = clock;
  }

  /// Verifies a record; returns its address and age for people.
  ///
  /// @param name of the worker
  /// @throws IOException when Redis cannot be used, with the reason
  /// @throws WorkerException when there is no such record, or it is not one of a worker
  public String verify(String name) throws IOException {
    String key = Registration.key(name);
    try (RedisStore store = new RedisStore(address)) {
      Optional<String> value = store.get(key);
      JsonNode record = parsed(key, value.orElseThrow(() -> wrong(address + " has no key " + key)));
      FIELDS.forEach((field, isRight) -> {
        if (!isRight.test(record.path(field))) {
          throw wrong("%s: the field %s is missing or of another type".formatted(key, field));
        }
      });
      if (record.size() != FIELDS.size()) {
        throw wrong(
            "%s has the fields %s; the contract: %s"
                .formatted(
                    key, new TreeSet<>(record.propertyNames()), new TreeSet<>(FIELDS.keySet())));
      }
      long seconds = store.timeToLive(key);
      if (seconds < 0) {
        throw wrong(key + " never expires: another program wrote it");
      }
      double written = record.path("last_heartbeat_ts").asDouble();
      long age =
          Duration.between(Instant.ofEpochMilli((long) (written * 1000)), clock.instant())
              .toSeconds();
      return "%s at %s, written %d s ago, expires in %d s"
          .formatted(key, record.path("addr").asString(), age, seconds);
    }
  }

  private static JsonNode parsed(String key, String value) {
    try {
      return JsonMapper.shared().readTree(value);
    } catch (JacksonException e) {
      throw wrong(key + " is not JSON: another program wrote it");
    }
  }

  private static WorkerException wrong(String message) {
    return new WorkerException(ErrorCode.INTERNAL, message);
  }
}
