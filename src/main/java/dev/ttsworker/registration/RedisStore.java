package dev.ttsworker.registration;

import dev.ttsworker.config.RedisAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/// Records in a Redis, over one connection that is made when it is needed and kept. Not
/// thread-safe.
final class RedisStore implements RecordStore {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);

  /// For the connection, and for each answer.
  private static final int TIMEOUT_MS = 1000;

  private final RedisAddress address;
  private final DefaultJedisClientConfig config;
  private @Nullable Jedis connection;

  RedisStore(RedisAddress address) {
    // Trusts what the JVM trusts, and the certificate must be the host's.
    this(address, SslOptions.defaults());
  }

  /// @param tls for `rediss://`
  RedisStore(RedisAddress address, SslOptions tls) {
    this.address = address;
    DefaultJedisClientConfig.Builder builder =
        DefaultJedisClientConfig.builder().timeoutMillis(TIMEOUT_MS).database(address.database());
    address.user().ifPresent(builder::user);
    address.password().ifPresent(builder::password);
    if (address.tls()) {
      builder.sslOptions(tls);
    }
    config = builder.build();
  }

  @Override
  public void put(String key, String value, Duration timeToLive) throws IOException {
    String seconds = Long.toString(timeToLive.toSeconds());
    // By its name, since there may be rights for this command only.
    var _ = ask(redis -> redis.sendCommand(Protocol.Command.SETEX, key, seconds, value));
  }

  @Override
  public void remove(String key) throws IOException {
    var _ = ask(redis -> redis.del(key));
  }

  /// Reads a record; empty when there is none.
  ///
  /// @throws IOException as [#put]
  Optional<String> get(String key) throws IOException {
    return Optional.ofNullable(ask(redis -> redis.get(key)));
  }

  /// Seconds until a record is dropped; negative when it never is, or is not there.
  ///
  /// @throws IOException as [#put]
  long timeToLive(String key) throws IOException {
    return Objects.requireNonNull(ask(redis -> redis.ttl(key)));
  }

  private <T> @Nullable T ask(Function<Jedis, @Nullable T> question) throws IOException {
    try {
      Jedis kept = connection;
      if (kept != null) {
        try {
          return question.apply(kept);
        } catch (JedisConnectionException e) {
          // Redis may have closed it since, which is no outage.
          LOG.debug("Connects to Redis again: {}", e.getMessage());
          close();
        }
      }
      Jedis opened = new Jedis(new HostAndPort(address.host(), address.port()), config);
      connection = opened;
      return question.apply(opened);
    } catch (JedisException e) {
      close();
      throw RedisFailures.explain(address, e);
    }
  }

  @Override
  public void close() {
    Jedis open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (JedisException e) {
        LOG.debug("The connection to Redis was broken: {}", e.getMessage());
      }
    }
  }
}
