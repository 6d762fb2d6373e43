package dev.ttsworker.client;

import io.grpc.Status;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Diagnosis of a failed call, for people.
///
/// @param kind how far the call got
/// @param reason one line: the status code, the cause, and, if helpful, the option to try
public record CallFailure(Kind kind, String reason) {
  /// How far a call got.
  public enum Kind {
    /// No connection was accepted.
    UNREACHABLE,
    /// A connection was accepted, but no gRPC was possible on it.
    NO_CONNECTION,
    /// A gRPC server ended the call with a status.
    ANSWERED
  }

  private static final String ALERT = "Received fatal alert: ";
  private static final String SERVER_TLS = "; does it speak TLS? (--tls, --ca-file)";

  /// Diagnoses a failed call.
  ///
  /// @param security settings of the call
  public static CallFailure of(Throwable failure, Security security) {
    Status status = Status.fromThrowable(failure);
    Optional<CallFailure> known =
        status.getCode() == Status.Code.DEADLINE_EXCEEDED
            ? Optional.of(timedOut(status, security))
            : ofCause(status, security);
    return known
        .map(found -> new CallFailure(found.kind, status.getCode() + ": " + found.reason))
        .orElseGet(() -> answered(status, security));
  }

  private static Optional<CallFailure> ofCause(Status status, Security security) {
    if (has(status, UnknownHostException.class)) {
      return unreachable("unknown host");
    }
    if (has(status, ConnectException.class) || has(status, NoRouteToHostException.class)) {
      return unreachable(rootCauseMessage(status) + "; is a worker running there?");
    }
    Optional<CallFailure> certificate = certificate(status, security);
    if (certificate.isPresent()) {
      return certificate;
    }
    if (has(status, NotSslRecordException.class)) {
      return noConnection("it does not speak TLS; try without --tls, --ca-file and --cert-file");
    }
    Optional<SSLException> tls = findCause(status, SSLException.class);
    if (tls.isPresent()) {
      return noConnection(handshake(String.valueOf(tls.get().getMessage()), security));
    }
    if (has(status, Http2Exception.class)) {
      return noConnection("it does not speak gRPC; is it the worker's gRPC port?");
    }
    boolean cut =
        has(status, IOException.class)
            || "Network closed for unknown reason".equals(status.getDescription());
    if (!cut || status.getCode() != Status.Code.UNAVAILABLE) {
      return Optional.empty();
    }
    return noConnection("it closed the connection" + (security.tls() ? "" : SERVER_TLS));
  }

  private static Optional<CallFailure> certificate(Status status, Security security) {
    if (has(status, CertificateExpiredException.class)) {
      return noConnection("its certificate, or its authority's, has expired");
    }
    if (has(status, CertificateNotYetValidException.class)) {
      return noConnection("its certificate, or its authority's, is not valid yet; clocks differ?");
    }
    if (has(status, CertPathBuilderException.class)) {
      return noConnection(
          security.authorities().isPresent()
              ? "its certificate is not signed by an authority of --ca-file"
              : "its certificate is signed by none that Java trusts; --ca-file names its authority");
    }
    return findCause(status, CertificateException.class)
        .map(e -> "its certificate cannot be trusted: " + e.getMessage())
        .flatMap(CallFailure::noConnection);
  }

  private static String handshake(String message, Security security) {
    int at = message.indexOf(ALERT);
    if (at < 0) {
      return "TLS failed: " + message;
    }
    String alert = message.substring(at + ALERT.length());
    return security.certificate().isPresent()
        ? "it refuses our certificate (%s); is --cert-file signed by its client_ca_file, and --key-file its key?"
            .formatted(alert)
        : "it requires a client certificate (%s): --cert-file and --key-file".formatted(alert);
  }

  /// The description shows whether the call had a connection.
  private static CallFailure timedOut(Status status, Security security) {
    String details = String.valueOf(status.getDescription());
    return details.contains("connecting_and_lb_delay") && details.contains("was_still_waiting")
        ? new CallFailure(
            Kind.NO_CONNECTION, "no gRPC connection in time" + (security.tls() ? "" : SERVER_TLS))
        : new CallFailure(Kind.ANSWERED, "connected, but no answer in time");
  }

  private static CallFailure answered(Status status, Security security) {
    String description = String.valueOf(status.getDescription()).lines().findFirst().orElse("");
    String reason = status.getDescription() == null ? "" : ": " + description;
    String hint =
        status.getCode() == Status.Code.UNAUTHENTICATED && security.token().isEmpty()
            ? " (--token-file)"
            : "";
    String cause =
        status.getCause() == null || status.getCode() == Status.Code.CANCELLED
            ? ""
            : ": " + rootCauseMessage(status);
    return new CallFailure(Kind.ANSWERED, status.getCode() + reason + cause + hint);
  }

  private static Optional<CallFailure> unreachable(String reason) {
    return Optional.of(new CallFailure(Kind.UNREACHABLE, reason));
  }

  private static Optional<CallFailure> noConnection(String reason) {
    return Optional.of(new CallFailure(Kind.NO_CONNECTION, reason));
  }

  private static boolean has(Status status, Class<? extends Throwable> type) {
    return findCause(status, type).isPresent();
  }

  private static <T extends Throwable> Optional<T> findCause(Status status, Class<T> type) {
    return causes(status).filter(type::isInstance).map(type::cast).findFirst();
  }

  private static String rootCauseMessage(Status status) {
    return causes(status)
        .reduce((_, deeper) -> deeper)
        .map(root -> String.valueOf(root.getMessage()))
        .orElse("");
  }

  private static Stream<Throwable> causes(Status status) {
    return Stream.iterate(status.getCause(), next -> next != null, Throwable::getCause);
  }
}
