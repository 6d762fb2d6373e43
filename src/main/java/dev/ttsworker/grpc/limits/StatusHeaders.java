package dev.ttsworker.grpc.limits;

import dev.ttsworker.error.WorkerException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Cache of the HTTP/2 headers that end a call before gRPC sees it, one entry per failure: there
/// are few, and they are sent often. Thread-safe.
final class StatusHeaders {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final byte[] NONE = {};
  private static final char FIRST_PRINTABLE = ' ';
  private static final char LAST_PRINTABLE = '~';

  private final Function<WorkerException, StatusRuntimeException> statuses;
  private final Map<String, Http2Headers> made = new ConcurrentHashMap<>();

  /// @param statuses makes the status of a failure
  StatusHeaders(Function<WorkerException, StatusRuntimeException> statuses) {
    this.statuses = statuses;
  }

  /// Headers that are also trailers (Trailers-Only).
  ///
  /// @param failure with a constant message
  Http2Headers of(WorkerException failure) {
    return made.computeIfAbsent(failure.getMessage(), _ -> make(statuses.apply(failure)));
  }

  private static Http2Headers make(StatusRuntimeException failure) {
    Status status = failure.getStatus();
    Metadata trailers = failure.getTrailers();
    byte[] details = trailers == null ? null : trailers.get(DETAILS);
    return ReadOnlyHttp2Headers.serverHeaders(
        true,
        AsciiString.of("200"),
        AsciiString.of("content-type"),
        AsciiString.of("application/grpc"),
        AsciiString.of("grpc-status"),
        AsciiString.of(Integer.toString(status.getCode().value())),
        AsciiString.of("grpc-message"),
        AsciiString.of(plain(status.getDescription())),
        AsciiString.of(DETAILS.name()),
        AsciiString.of(
            Base64.getEncoder().withoutPadding().encodeToString(details == null ? NONE : details)));
  }

  /// Other characters would need percent-encoding; no message here has any.
  private static String plain(@Nullable String message) {
    String text = message == null ? "" : message;
    if (!text.chars().allMatch(c -> c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE && c != '%')) {
      throw new IllegalArgumentException("The message of a status is not plain ASCII: " + text);
    }
    return text;
  }
}
