package dev.ttsworker.grpc.limits;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.RefusalMetrics;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;

/// Load shedding before gRPC: ends streams of one connection with a status at minimal cost. A
/// connection that continues at a high rate, or does not read the statuses, is closed. For the
/// connection's thread.
final class RefusedStreams {
  /// Statuses not yet sent.
  static final int MAX_UNSENT = 100;

  private final Http2ConnectionHandler http2;
  private final StatusHeaders headers;
  private final RefusalMetrics refusals;
  private final FrameRateLimit refused = new FrameRateLimit(System::nanoTime);
  private int unsent;

  RefusedStreams(Http2ConnectionHandler http2, StatusHeaders headers, RefusalMetrics refusals) {
    this.http2 = http2;
    this.headers = headers;
    this.refusals = refusals;
  }

  /// Refuses a stream of which only the headers have arrived.
  ///
  /// @throws Http2Exception to end the connection
  void refuse(ChannelHandlerContext connection, Http2Stream stream, WorkerException failure)
      throws Http2Exception {
    refusals.call(failure.code());
    refused.count();
    unsent++;
    boolean more = stream.state().remoteSideOpen();
    Http2Headers answer = headers.of(failure);
    var _ =
        http2
            .encoder()
            .writeHeaders(connection, stream.id(), answer, 0, true, connection.newPromise())
            .addListener(_ -> unsent--);
    if (more) {
      // NO_ERROR asks the client to stop sending, as gRPC does.
      var _ =
          http2.resetStream(
              connection, stream.id(), Http2Error.NO_ERROR.code(), connection.newPromise());
    }
    if (unsent > MAX_UNSENT) {
      var _ = connection.flush();
      if (unsent > MAX_UNSENT) {
        throw Http2Exception.connectionError(
            Http2Error.ENHANCE_YOUR_CALM, "too_many_unread_refusals");
      }
    }
  }

  /// Failure of a call for lack of memory.
  static WorkerException outOfMemory() {
    return new WorkerException(
        ErrorCode.BUDGET_EXCEEDED,
        "Requests that are not finished hold too much memory (limits.wire_memory_mb,"
            + " limits.wire_memory_mb_per_connection); try again");
  }

  /// Failure of a call when too many calls are pending.
  static WorkerException tooManyPending() {
    return new WorkerException(
        ErrorCode.BUDGET_EXCEEDED, "Too many calls have come at the same time; try again");
  }
}
