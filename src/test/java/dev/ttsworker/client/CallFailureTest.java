package dev.ttsworker.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.client.CallFailure.Kind;
import io.grpc.Status;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class CallFailureTest {
  private static final String PIPELINE = "io exception\nChannel Pipeline: [SslHandler#0, Tail#0]";
  private static final Security TLS = security(true, Optional.empty());
  private static final Security OWN_CA = security(true, Optional.of(Path.of("ca.crt")));

  private static Security security(boolean tls, Optional<Path> authorities) {
    return new Security(tls, authorities, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Security showing() {
    Optional<Path> file = Optional.of(Path.of("x"));
    return new Security(true, Optional.empty(), file, file, Optional.empty());
  }

  private static void assertMeans(
      Kind kind, String reason, Status.Code code, Throwable cause, Security security) {
    Status status = Status.fromCode(code).withDescription(PIPELINE).withCause(cause);
    CallFailure failure = CallFailure.of(status.asRuntimeException(), security);
    assertEquals(kind, failure.kind());
    assertTrue(failure.reason().startsWith(code + ": "), failure.reason());
    assertTrue(failure.reason().contains(reason), failure.reason());
    assertFalse(failure.reason().contains("Pipeline"), failure.reason());
    assertEquals(1, failure.reason().lines().count());
  }

  private static void assertUnavailable(
      Kind kind, String reason, Throwable cause, Security security) {
    assertMeans(kind, reason, Status.Code.UNAVAILABLE, cause, security);
  }

  @Test
  void unreachableWorkerIsReported() {
    assertUnavailable(
        Kind.UNREACHABLE, "unknown host", new UnknownHostException("nope: Name"), Security.NONE);
    assertUnavailable(
        Kind.UNREACHABLE,
        "Connection refused; is a worker running there?",
        new ConnectException("Connection refused"),
        TLS);
  }

  @Test
  void untrustedCertificateIsNamed() {
    Throwable unknown = new SSLHandshakeException("PKIX path building failed");
    Throwable _ = unknown.initCause(new CertPathBuilderException("unable to find valid path"));
    assertUnavailable(
        Kind.NO_CONNECTION, "not signed by an authority of --ca-file", unknown, OWN_CA);
    assertUnavailable(Kind.NO_CONNECTION, "--ca-file names its authority", unknown, TLS);
    Throwable expired = new SSLHandshakeException("x");
    Throwable _ = expired.initCause(new CertificateExpiredException("NotAfter: yesterday"));
    assertUnavailable(Kind.NO_CONNECTION, "has expired", expired, OWN_CA);
    Throwable name = new SSLHandshakeException("x");
    Throwable _ = name.initCause(new CertificateException("No name matching tts found"));
    assertUnavailable(Kind.NO_CONNECTION, "No name matching tts found", name, OWN_CA);
  }

  @Test
  void mismatchOfClearTextAndTlsIsNamed() {
    Status closed = Status.UNAVAILABLE.withDescription("Network closed for unknown reason");
    CallFailure clear = CallFailure.of(closed.asRuntimeException(), Security.NONE);
    assertEquals(Kind.NO_CONNECTION, clear.kind());
    assertEquals(
        "UNAVAILABLE: it closed the connection; does it speak TLS? (--tls, --ca-file)",
        clear.reason());
    assertEquals(
        "UNAVAILABLE: it closed the connection",
        CallFailure.of(closed.asRuntimeException(), TLS).reason());
    assertUnavailable(
        Kind.NO_CONNECTION, "does it speak TLS?", new IOException("reset"), Security.NONE);
    assertUnavailable(
        Kind.NO_CONNECTION,
        "it does not speak TLS",
        new NotSslRecordException("not an SSL/TLS record: 00"),
        TLS);
  }

  @Test
  void clientCertificateThatIsMissingOrRefusedIsNamed() {
    Throwable alert = new SSLHandshakeException("(x) Received fatal alert: certificate_required");
    assertUnavailable(Kind.NO_CONNECTION, "it requires a client certificate", alert, OWN_CA);
    assertUnavailable(Kind.NO_CONNECTION, "it refuses our certificate", alert, showing());
  }

  @Test
  void connectTimeoutIsDistinguishedFromASlowResponse() {
    Status never =
        Status.DEADLINE_EXCEEDED.withDescription(
            "CallOptions deadline exceeded after 3s. [open=[[connecting_and_lb_delay=3ns,"
                + " was_still_waiting]]]");
    CallFailure silent = CallFailure.of(never.asRuntimeException(), Security.NONE);
    assertEquals(Kind.NO_CONNECTION, silent.kind());
    assertTrue(silent.reason().contains("no gRPC connection in time"), silent.reason());
    Status late = Status.DEADLINE_EXCEEDED.withDescription("after 3s. [remote_addr=x:1]");
    assertEquals(Kind.ANSWERED, CallFailure.of(late.asRuntimeException(), TLS).kind());
  }

  @Test
  void statusDescriptionOfTheServerIsKept() {
    Status refused = Status.UNAUTHENTICATED.withDescription("Missing header");
    CallFailure failure = CallFailure.of(refused.asRuntimeException(), Security.NONE);
    assertEquals(
        new CallFailure(Kind.ANSWERED, "UNAUTHENTICATED: Missing header (--token-file)"), failure);
    Status draining = Status.UNAVAILABLE.withDescription("Worker is draining");
    assertEquals(
        new CallFailure(Kind.ANSWERED, "UNAVAILABLE: Worker is draining"),
        CallFailure.of(draining.asRuntimeException(), Security.NONE));
  }
}
