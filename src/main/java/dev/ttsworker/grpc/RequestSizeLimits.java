package dev.ttsworker.grpc;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Server interceptor that rejects large headers and messages with a reason, which the transport
/// cannot give; the transport's own limits are higher. Decompresses messages up to the limit. It
/// must see requests as bytes.
final class RequestSizeLimits implements ServerInterceptor {
  /// Maximum size of a message, on the wire and decompressed.
  static final int MAX_MESSAGE_BYTES = 1 << 20;

  /// The transport's limit; above that of the wire, so that the transport never fails first.
  static final int TRANSPORT_MESSAGE_BYTES = MAX_MESSAGE_BYTES + (1 << 10);

  static final int TRANSPORT_METADATA_BYTES = 64 << 10;

  private static final int LARGEST_METADATA_BYTES = 8 << 10;

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    refuse(ErrorCode.METADATA_TOO_LARGE, "The metadata", bytes(headers), LARGEST_METADATA_BYTES);
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q message) {
        super.onMessage(bounded(message));
      }
    };
  }

  @SuppressWarnings("unchecked") // messages are streams here, and stay streams
  private static <Q> Q bounded(Q message) {
    if (message instanceof KnownLength && message instanceof InputStream bytes) {
      refuse(ErrorCode.MESSAGE_TOO_LARGE, "The message", length(bytes), MAX_MESSAGE_BYTES);
      return message;
    }
    return message instanceof InputStream compressed ? (Q) decompressed(compressed) : message;
  }

  private static InputStream decompressed(InputStream compressed) {
    byte[] plain;
    try {
      plain = compressed.readNBytes(MAX_MESSAGE_BYTES + 1);
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.MALFORMED_REQUEST, "The message cannot be decompressed", e);
    }
    if (plain.length > MAX_MESSAGE_BYTES) {
      throw new WorkerException(
          ErrorCode.MESSAGE_TOO_LARGE,
          "The message has more than "
              + MAX_MESSAGE_BYTES
              + " bytes when decompressed; allowed: "
              + MAX_MESSAGE_BYTES);
    }
    return new ByteArrayInputStream(plain);
  }

  private static void refuse(ErrorCode code, String what, int bytes, int allowed) {
    if (bytes > allowed) {
      throw new WorkerException(code, what + " has " + bytes + " bytes; allowed: " + allowed);
    }
  }

  /// Bytes of a message whose length is known.
  static int length(InputStream message) {
    try {
      return message.available();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Bytes of names and values, without the overhead of HTTP/2.
  private static int bytes(Metadata headers) {
    int sum = 0;
    for (String name : headers.keys()) {
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        var key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
        for (byte[] value : values(headers.getAll(key))) {
          sum += name.length() + value.length;
        }
      } else {
        var key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        for (String value : values(headers.getAll(key))) {
          sum += name.length() + value.length();
        }
      }
    }
    return sum;
  }

  private static <T> Iterable<T> values(@Nullable Iterable<T> found) {
    return found == null ? List.of() : found;
  }
}
