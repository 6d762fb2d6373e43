package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The response to a call that gRPC never sees.
final class StatusHeadersTest {
  private final StatusHeaders headers = new StatusHeaders(StatusHeadersTest::status);

  private static StatusRuntimeException status(WorkerException failure) {
    return StatusProto.toStatusRuntimeException(details(failure));
  }

  private static com.google.rpc.Status details(WorkerException failure) {
    return com.google.rpc.Status.newBuilder()
        .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
        .setMessage(failure.getMessage())
        .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(failure.code().name()).build()))
        .build();
  }

  @Test
  void containStatusMessageAndDetails() throws Exception {
    WorkerException failure = RefusedStreams.tooManyPending();
    Http2Headers made = headers.of(failure);
    assertEquals("200", value(made, ":status"));
    assertEquals("application/grpc", value(made, "content-type"));
    assertEquals("8", value(made, "grpc-status"));
    assertEquals(failure.getMessage(), value(made, "grpc-message"));
    String details = value(made, "grpc-status-details-bin");
    assertFalse(details.endsWith("="), "gRPC sends binary headers without padding");
    byte[] decoded = Base64.getDecoder().decode(details);
    assertTrue(decoded.length > 0);
    assertEquals(details(failure), com.google.rpc.Status.parseFrom(decoded));
  }

  /// Both have the same code.
  @Test
  void headersAreCachedPerFailure() {
    assertEquals(
        RefusedStreams.outOfMemory().getMessage(),
        value(headers.of(RefusedStreams.outOfMemory()), "grpc-message"));
    assertEquals(
        RefusedStreams.tooManyPending().getMessage(),
        value(headers.of(RefusedStreams.tooManyPending()), "grpc-message"));
    assertSame(headers.of(RefusedStreams.outOfMemory()), headers.of(RefusedStreams.outOfMemory()));
  }

  @Test
  void statusWithoutDetailsHasNone() {
    StatusHeaders bare =
        new StatusHeaders(
            failure -> Status.INTERNAL.withDescription(failure.getMessage()).asRuntimeException());
    assertEquals("", value(bare.of(RefusedStreams.tooManyPending()), "grpc-status-details-bin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"50% full", "zu größe", "two\nlines", "a\u007fb"})
  void messageThatWouldHaveToBeEscapedIsRefused(String message) {
    WorkerException failure = new WorkerException(ErrorCode.BUDGET_EXCEEDED, message);
    assertThrows(IllegalArgumentException.class, () -> headers.of(failure));
  }

  private static String value(Http2Headers made, String name) {
    return String.valueOf(made.get(name));
  }
}
