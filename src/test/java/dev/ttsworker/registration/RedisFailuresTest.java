package dev.ttsworker.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.config.RedisAddress;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

final class RedisFailuresTest {
  private static final RedisAddress ADDRESS =
      new RedisAddress(false, "r", 6379, Optional.of("u"), Optional.of("hunter2"), 0);

  private static String explain(JedisException failure) {
    return String.valueOf(RedisFailures.explain(ADDRESS, failure).getMessage());
  }

  /// A Redis older than the login with a user name repeats what it got.
  @Test
  void neverContainsThePassword() {
    assertEquals(
        "redis://***@r:6379 answers: ERR unknown command `HELLO`",
        explain(
            new JedisDataException(
                "ERR unknown command `HELLO`, with args beginning with: `3`, `u`, `hunter2`, ")));
  }

  @Test
  void namesTheCauseOfAFailedConnection() {
    JedisConnectionException refused = new JedisConnectionException("Failed to connect to r:6379.");
    refused.addSuppressed(new ConnectException("Connection refused"));
    assertEquals("redis://***@r:6379 cannot be reached: Connection refused", explain(refused));
    assertEquals(
        "redis://***@r:6379 cannot be reached: unknown host",
        explain(new JedisConnectionException("Failed", new UnknownHostException("r"))));
  }

  @Test
  void reportsTheResponseOfRedis() {
    assertEquals(
        "redis://***@r:6379 answers: READONLY You can't write against a read only replica.",
        explain(new JedisDataException("READONLY You can't write against a read only replica.")));
  }
}
