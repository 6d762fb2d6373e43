package dev.ttsworker.registration;

import dev.ttsworker.config.RedisAddress;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// Diagnosis of Redis failures, for people. Never contains what was sent: an old Redis echoes the
/// password in its response to an unknown login command.
final class RedisFailures {
  private static final int MAX_CHARS = 200;

  private RedisFailures() {}

  /// Converts a failure to an exception with a reason: a [LoginRefusedException] when Redis
  /// responds but rejects the login.
  static IOException explain(RedisAddress address, JedisException failure) {
    return failure instanceof JedisDataException
        ? refused(address, String.valueOf(failure.getMessage()), failure)
        : new IOException(unreachable(address, failure), failure);
  }

  private static IOException refused(RedisAddress address, String answer, JedisException failure) {
    String code = answer.split(" ", 2)[0];
    return switch (code) {
      case "WRONGPASS" ->
          new LoginRefusedException(
              address + " does not know this user and password (WRONGPASS)", failure);
      case "NOAUTH" ->
          new LoginRefusedException(
              address + " requires a password, and redis.url has none (NOAUTH)", failure);
      case "NOPERM" ->
          new LoginRefusedException(
              address + " does not let this user set and delete the key (NOPERM)", failure);
      default -> new IOException(address + " answers: " + withoutArguments(answer), failure);
    };
  }

  private static String withoutArguments(String answer) {
    int arguments = answer.indexOf(", with args");
    String text = arguments < 0 ? answer : answer.substring(0, arguments);
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
  }

  private static String unreachable(RedisAddress address, JedisException failure) {
    if (find(failure, CertPathBuilderException.class).isPresent()) {
      return address
          + " shows a certificate that the JVM does not trust;"
          + " add its authority to the trust store (javax.net.ssl.trustStore)";
    }
    Optional<SSLException> tls = find(failure, SSLException.class);
    if (tls.isPresent()) {
      return address + " cannot be reached through TLS: " + tls.get().getMessage();
    }
    if (find(failure, UnknownHostException.class).isPresent()) {
      return address + " cannot be reached: unknown host";
    }
    Throwable root = causes(failure).reduce((_, deeper) -> deeper).orElse(failure);
    String hint =
        address.tls() && root instanceof SocketTimeoutException
            ? " (does this port speak TLS?)"
            : "";
    return address + " cannot be reached: " + root.getMessage() + hint;
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
  }

  /// Causes from the outermost inwards; if several addresses were tried, those of the first one.
  private static Stream<Throwable> causes(Throwable failure) {
    Stream.Builder<Throwable> found = Stream.builder();
    @Nullable Throwable next = failure;
    while (next != null) {
      found.add(next);
      Throwable[] others = next.getSuppressed();
      next = next.getCause() == null && others.length > 0 ? others[0] : next.getCause();
    }
    return found.build();
  }
}
