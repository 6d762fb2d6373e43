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

/// Ends streams of one connection with a status before gRPC knows of them, so that they cost next
/// to nothing. A connection that goes on all the same, or does not read the answers, is ended. For
/// the connection's thread.
final class RefusedStreams {
  /// Answers that have not left.
  static final int MOST_UNSENT = 100;

  private final Http2ConnectionHandler http2;
  private final StatusHeaders headers;
  private final RefusalMetrics refusals;
  private final FrameCount refused = new FrameCount(System::nanoTime);
  private int unsent;

  RefusedStreams(Http2ConnectionHandler http2, StatusHeaders headers, RefusalMetrics refusals) {
    this.http2 = http2;
    this.headers = headers;
    this.refusals = refusals;
  }

  /// Ends a stream of which nothing but its headers has come.
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
      // As gRPC asks clients to stop sending: this is no failure.
      var _ =
          http2.resetStream(
              connection, stream.id(), Http2Error.NO_ERROR.code(), connection.newPromise());
    }
    if (unsent > MOST_UNSENT) {
      var _ = connection.flush();
      if (unsent > MOST_UNSENT) {
        throw Http2Exception.connectionError(
            Http2Error.ENHANCE_YOUR_CALM, "too_many_unread_refusals");
      }
    }
  }

  /// What a call is refused with when memory for it cannot be had.
  static WorkerException full() {
    return new WorkerException(
        ErrorCode.BUDGET_EXCEEDED,
        "Requests that are not finished hold too much memory (limits.wire_memory_mb,"
            + " limits.wire_memory_mb_per_connection); try again");
  }

  /// What a call is refused with when too many wait to begin.
  static WorkerException busy() {
    return new WorkerException(
        ErrorCode.BUDGET_EXCEEDED, "Too many calls have come at the same time; try again");
  }
}
