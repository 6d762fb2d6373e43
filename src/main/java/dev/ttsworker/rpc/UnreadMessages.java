package dev.ttsworker.rpc;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.metrics.RefusalMetrics;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/// Counts messages that the transport refuses before anybody here sees them.
final class UnreadMessages extends ServerStreamTracer.Factory {
  private final RefusalMetrics refusals;

  UnreadMessages(RefusalMetrics refusals) {
    this.refusals = refusals;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new ServerStreamTracer() {
      @Override
      public void streamClosed(Status status) {
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED
            && String.valueOf(status.getDescription()).contains("exceeds maximum size")) {
          refusals.call(ErrorCode.MESSAGE_TOO_LARGE);
        }
      }
    };
  }
}
