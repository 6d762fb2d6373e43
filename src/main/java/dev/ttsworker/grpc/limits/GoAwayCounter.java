package dev.ttsworker.grpc.limits;

import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import java.nio.charset.StandardCharsets;

/// Connection listener that counts the reasons for which this side sends GOAWAY.
final class GoAwayCounter extends Http2ConnectionAdapter {
  private final RefusalMetrics refusals;
  private boolean tracked;

  GoAwayCounter(RefusalMetrics refusals) {
    this.refusals = refusals;
  }

  /// Called once or twice per connection: for the graceful GOAWAY, then for the final one.
  @Override
  public void onGoAwaySent(int lastStreamId, long errorCode, ByteBuf debugData) {
    String why = debugData.toString(StandardCharsets.UTF_8);
    if (errorCode == Http2Error.ENHANCE_YOUR_CALM.code()) {
      count(flood(why));
    } else if (errorCode != Http2Error.NO_ERROR.code()
        && errorCode != Http2Error.INTERNAL_ERROR.code()) {
      // An internal error is a client that disconnects during a write.
      count(Connection.PROTOCOL_ERROR);
    } else if (why.equals("max_idle")) {
      count(Connection.IDLE);
    }
  }

  private static Connection flood(String why) {
    return switch (why) {
      case "too_many_pings" -> Connection.PING_FLOOD;
      case "too_many_rststreams" -> Connection.RESET_FLOOD;
      default -> Connection.FRAME_FLOOD;
    };
  }

  private void count(Connection reason) {
    if (!tracked) {
      tracked = true;
      refusals.connection(reason);
    }
  }
}
