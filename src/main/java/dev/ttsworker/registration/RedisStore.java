package dev.ttsworker.registration;

import dev.ttsworker.config.RedisAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
    carryOut(redis -> redis.sendCommand(Protocol.Command.SETEX, key, seconds, value));
  }

  @Override
  public void remove(String key) throws IOException {
    carryOut(redis -> redis.del(key));
  }

  /// Reads a record; empty when there is none.
  ///
  /// @throws IOException as [#put]
  Optional<String> get(String key) throws IOException {
    return Optional.ofNullable(answer(redis -> redis.get(key)));
  }

  /// Seconds until a record is dropped; negative when it never is, or is not there.
  ///
  /// @throws IOException as [#put]
  long timeToLive(String key) throws IOException {
    return Objects.requireNonNull(answer(redis -> redis.ttl(key)));
  }

  private <T> @Nullable T answer(Function<Jedis, @Nullable T> question) throws IOException {
    AtomicReference<@Nullable T> answer = new AtomicReference<>();
    carryOut(redis -> answer.set(question.apply(redis)));
    return answer.get();
  }

  private void carryOut(Consumer<Jedis> command) throws IOException {
    try {
      if (connection == null || !succeeds(command, connection)) {
        connection = new Jedis(new HostAndPort(address.host(), address.port()), config);
        command.accept(connection);
      }
    } catch (JedisException e) {
      close();
      throw RedisFailures.explain(address, e);
    }
  }

  /// Whether the kept connection still works. Redis may have closed it since, which is no outage.
  private boolean succeeds(Consumer<Jedis> command, Jedis kept) {
    try {
      command.accept(kept);
      return true;
    } catch (JedisConnectionException e) {
      LOG.debug("Connects to Redis again: {}", e.getMessage());
      close();
      return false;
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
