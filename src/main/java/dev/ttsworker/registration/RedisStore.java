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

/// Redis store over one connection, opened on demand and reused. Not thread-safe.
final class RedisStore implements RecordStore {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);

  /// Of connecting, and of each response.
  private static final int TIMEOUT_MS = 1000;

  private final RedisAddress address;
  private final DefaultJedisClientConfig config;
  private @Nullable Jedis connection;

  RedisStore(RedisAddress address) {
    // The JVM's trust store; the certificate must match the host.
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
    // SETEX explicitly, since permissions may include this command only.
    var _ = execute(redis -> redis.sendCommand(Protocol.Command.SETEX, key, seconds, value));
  }

  @Override
  public void remove(String key) throws IOException {
    var _ = execute(redis -> redis.del(key));
  }

  /// Reads a record; empty when there is none.
  ///
  /// @throws IOException as [#put]
  Optional<String> get(String key) throws IOException {
    return Optional.ofNullable(execute(redis -> redis.get(key)));
  }

  /// Seconds until a record is dropped; negative when it never is, or is not there.
  ///
  /// @throws IOException as [#put]
  long timeToLive(String key) throws IOException {
    return Objects.requireNonNull(execute(redis -> redis.ttl(key)));
  }

  private <T> @Nullable T execute(Function<Jedis, @Nullable T> command) throws IOException {
    try {
      Jedis open = connection;
      if (open != null) {
        try {
          return command.apply(open);
        } catch (JedisConnectionException e) {
          // Redis may have closed an idle connection, which is no outage.
          LOG.debug("Connects to Redis again: {}", e.getMessage());
          close();
        }
      }
      Jedis opened = new Jedis(new HostAndPort(address.host(), address.port()), config);
      connection = opened;
      return command.apply(opened);
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
