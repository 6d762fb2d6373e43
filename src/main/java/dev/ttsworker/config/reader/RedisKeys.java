package dev.ttsworker.config.reader;

import dev.ttsworker.config.RedisAddress;
import dev.ttsworker.config.RedisSettings;
import dev.ttsworker.config.value.ScalarType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The keys of `redis`.
final class RedisKeys {
  private static final String SECTION = "redis";

  /// Without a word about it Redis is used when the file has the section or the environment the
  /// address.
  static final Key<Optional<Boolean>> ENABLED =
      Key.optional(SECTION + ".enabled", ScalarType.flag(), c -> c.redis().enabled());

  static final Key<RedisAddress> URL =
      Key.of(
              SECTION + ".url",
              ScalarType.secret(RedisUrl.ALLOWED, RedisUrl::parse),
              new RedisAddress(
                  false,
                  "localhost",
                  RedisAddress.DEFAULT_PORT,
                  Optional.empty(),
                  Optional.empty(),
                  0),
              c -> c.redis().url())
          .variables("REDIS_URL");

  static final Key<Integer> REGISTRATION_TTL_SECONDS =
      Key.of(
          SECTION + ".registration_ttl_seconds",
          ScalarType.whole(5, 3600),
          30,
          c -> c.redis().registrationTimeToLive().toSeconds());

  static final Key<Integer> HEARTBEAT_INTERVAL_SECONDS =
      Key.of(
          SECTION + ".heartbeat_interval_seconds",
          ScalarType.whole(1, 300),
          10,
          c -> c.redis().heartbeatInterval().toSeconds());

  static final List<Key<?>> ALL =
      List.of(ENABLED, URL, REGISTRATION_TTL_SECONDS, HEARTBEAT_INTERVAL_SECONDS);

  private RedisKeys() {}

  static RedisSettings read(Sources sources) {
    boolean addressGiven = sources.variable("REDIS_URL").isPresent();
    boolean enabled = sources.get(ENABLED).orElse(addressGiven || sources.hasSection(SECTION));
    RedisSettings settings =
        new RedisSettings(
            enabled,
            sources.get(URL),
            Duration.ofSeconds(sources.get(REGISTRATION_TTL_SECONDS)),
            Duration.ofSeconds(sources.get(HEARTBEAT_INTERVAL_SECONDS)));
    if (addressGiven && !enabled) {
      sources.warn("REDIS_URL is set, but redis.enabled is false: Redis is not used");
    }
    if (settings.heartbeatInterval().compareTo(settings.registrationTimeToLive()) >= 0) {
      sources.warn(
          "redis.heartbeat_interval_seconds is not below redis.registration_ttl_seconds:"
              + " the registration lapses between heartbeats");
    }
    return settings;
  }
}
