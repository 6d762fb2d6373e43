package dev.ttsworker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StatusesTest {
  private static StatusRuntimeException status(ErrorCode code, String message) {
    return Statuses.of(new WorkerException(code, message));
  }

  private static Metadata trailers(StatusRuntimeException status) {
    return Objects.requireNonNull(status.getTrailers());
  }

  @ParameterizedTest
  @EnumSource
  void eachFailureHasItsStatusAndItsReason(ErrorCode code) {
    StatusRuntimeException status = status(code, "why");
    assertEquals(code.kind().name(), status.getStatus().getCode().name());
    assertEquals("why", status.getStatus().getDescription());
    assertEquals(Optional.of(code), Statuses.reason(status.getStatus(), trailers(status)));
  }

  @ParameterizedTest
  @EnumSource
  void onlyResourceExhaustionHasARetryDelay(ErrorCode code) {
    var details = StatusProto.fromThrowable(status(code, "why"));
    boolean warned =
        Objects.requireNonNull(details).getDetailsList().stream()
            .anyMatch(detail -> detail.is(RetryInfo.class));
    assertEquals(code == ErrorCode.NO_CAPACITY || code == ErrorCode.BUDGET_EXCEEDED, warned);
  }

  @Test
  void detailsNameTheDomainAndARetryDelay() throws Exception {
    var details =
        Objects.requireNonNull(StatusProto.fromThrowable(status(ErrorCode.NO_CAPACITY, "why")));
    assertEquals("tts", details.getDetails(0).unpack(ErrorInfo.class).getDomain());
    assertEquals(1, details.getDetails(1).unpack(RetryInfo.class).getRetryDelay().getSeconds());
  }

  @Test
  void messagesAreBounded() {
    String warned = status(ErrorCode.INVALID_FIELD, "x".repeat(5_000)).getStatus().getDescription();
    assertEquals(999, Objects.requireNonNull(warned).length());
    assertTrue(warned.endsWith("x…"), warned);
  }

  @Test
  void foreignStatusHasNoReason() {
    assertEquals(Optional.empty(), Statuses.reason(Status.OK, new Metadata()));
    assertEquals(Optional.empty(), Statuses.reason(Status.UNIMPLEMENTED, new Metadata()));
  }
}
