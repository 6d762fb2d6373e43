package dev.ttsworker.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/// Status mapping, the only one: a failure becomes a gRPC status with code, bounded message, and
/// `google.rpc.ErrorInfo` with domain `tts` and the error code's name as the reason.
final class Statuses {
  private static final String DOMAIN = "tts";
  private static final int MAX_MESSAGE_BYTES = 999;
  private static final long RETRY_SECONDS = 1;

  private Statuses() {}

  static StatusRuntimeException of(WorkerException failure) {
    ErrorCode code = failure.code();
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder()
            .setCode(statusCode(code.kind()).value())
            .setMessage(bounded(failure.getMessage()))
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(code.name()).build()));
    if (code.kind() == ErrorCode.Kind.RESOURCE_EXHAUSTED) {
      status.addDetails(
          Any.pack(
              RetryInfo.newBuilder()
                  .setRetryDelay(
                      com.google.protobuf.Duration.newBuilder().setSeconds(RETRY_SECONDS))
                  .build()));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  /// Closes a call with the status of a failure.
  static void close(ServerCall<?, ?> call, WorkerException failure) {
    StatusRuntimeException status = of(failure);
    Metadata trailers = status.getTrailers();
    call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  /// The error code in a status of this worker; empty for any other status.
  static Optional<ErrorCode> reason(Status status, Metadata trailers) {
    if (status.isOk()) {
      return Optional.empty();
    }
    com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
    try {
      for (Any detail : details.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return Optional.of(ErrorCode.valueOf(detail.unpack(ErrorInfo.class).getReason()));
        }
      }
      return Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("A status of our own cannot be read", e);
    }
  }

  static String bounded(String message) {
    return message.length() > MAX_MESSAGE_BYTES
        ? message.substring(0, MAX_MESSAGE_BYTES - 1) + "…"
        : message;
  }

  private static Status.Code statusCode(ErrorCode.Kind kind) {
    return switch (kind) {
      case INVALID_ARGUMENT -> Status.Code.INVALID_ARGUMENT;
      case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
      case NOT_FOUND -> Status.Code.NOT_FOUND;
      case RESOURCE_EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case CANCELLED -> Status.Code.CANCELLED;
      case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
      case INTERNAL -> Status.Code.INTERNAL;
    };
  }
}
