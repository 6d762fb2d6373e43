package dev.ttsworker.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.RedisAddress;
import dev.ttsworker.fixture.Certificates;
import dev.ttsworker.fixture.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.SslOptions;

/// A Redis with a certificate of an authority that only those trust whom it is given to.
@Timeout(240)
final class RedisTlsIT {
  private static final String PASSWORD = "changeit";
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Path store;

  @BeforeEach
  void makeCertificate() throws Exception {
    Certificates authority = new Certificates("redis");
    Certificates.Signed signed = authority.sign("server");
    Files.writeString(folder.resolve("ca.crt"), authority.authority());
    Files.writeString(folder.resolve("redis.crt"), signed.certificate());
    Files.writeString(folder.resolve("redis.key"), signed.key());
    store = authority.trustStore(folder.resolve("trusted.p12"), PASSWORD);
  }

  private RedisServer startRedis() throws IOException, InterruptedException {
    return new RedisServer(
        folder,
        "--tls-cert-file",
        "redis.crt",
        "--tls-key-file",
        "redis.key",
        "--tls-ca-cert-file",
        "ca.crt");
  }

  private static RedisAddress address(boolean tls, String host, RedisServer redis) {
    return new RedisAddress(tls, host, redis.port(), Optional.empty(), Optional.empty(), 0);
  }

  private SslOptions trusting() {
    return SslOptions.builder().truststore(store.toFile(), PASSWORD.toCharArray()).build();
  }

  private static String failure(RecordStore records) {
    return String.valueOf(
        assertThrows(IOException.class, () -> records.put("k", "v", TIME_TO_LIVE)).getMessage());
  }

  @Test
  void trustedCertificateOfTheHostIsAccepted() throws Exception {
    try (RedisServer redis = startRedis();
        RecordStore records = new RedisStore(address(true, "localhost", redis), trusting())) {
      records.put("k", "v", TIME_TO_LIVE);
      records.remove("k");
    }
  }

  @Test
  void untrustedCertificateIsRefusedInOneLine() throws Exception {
    try (RedisServer redis = startRedis();
        RecordStore records = new RedisStore(address(true, "localhost", redis))) {
      assertEquals(
          "rediss://localhost:"
              + redis.port()
              + " shows a certificate that the JVM does not trust; add its authority to the trust"
              + " store (javax.net.ssl.trustStore)",
          failure(records));
    }
  }

  @Test
  void certificateOfAnotherHostIsRefused() throws Exception {
    try (RedisServer redis = startRedis();
        RecordStore records = new RedisStore(address(true, "127.0.0.1", redis), trusting())) {
      String message = failure(records);
      assertTrue(message.contains("cannot be reached through TLS: "), message);
      assertTrue(message.contains("127.0.0.1 found"), message);
    }
  }

  @Test
  void cleartextToATlsPortAndTheOtherWayRoundAreRefused() throws Exception {
    try (RedisServer tls = startRedis();
        RedisServer clear = new RedisServer(folder);
        RecordStore toTls = new RedisStore(address(false, "localhost", tls));
        RecordStore toClear = new RedisStore(address(true, "localhost", clear), trusting())) {
      String message = failure(toTls);
      assertTrue(message.contains("cannot be reached"), message);
      message = failure(toClear);
      assertTrue(message.endsWith("Read timed out (does this port speak TLS?)"), message);
    }
  }
}
