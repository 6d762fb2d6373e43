package dev.ttsworker.grpc.limits;

import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/// Closes a connection whose frame or headers do not come whole in time, or hold more memory than
/// there is. Sits right before HTTP/2, which keeps them until they are whole. For the connection's
/// thread.
final class UnfinishedFrames extends ChannelInboundHandlerAdapter {
  private static final int MOST_BYTES = 1 << 20;

  private final FrameBounds bounds = new FrameBounds();
  private final MemoryBudget.Share share;
  private final WireLimits limits;
  private final RefusalMetrics refusals;
  private int held;
  private long finished;
  private boolean watching;
  private boolean ended;

  /// @param share of its own, so that a frame always fits beside what the calls hold
  UnfinishedFrames(MemoryBudget.Share share, WireLimits limits, RefusalMetrics refusals) {
    this.share = share;
    this.limits = limits;
    this.refusals = refusals;
  }

  @Override
  public void channelRead(ChannelHandlerContext connection, Object read) {
    long before = bounds.unfinished();
    if (read instanceof ByteBuf bytes) {
      int length = bytes.readableBytes();
      bounds.read(bytes);
      if (bounds.unfinished() < before + length) {
        finished++;
      }
    }
    connection.fireChannelRead(read);
    if (ended) {
      return;
    }
    if (!hold(bounds.unfinished())) {
      end(connection);
    } else if (held > 0 && !watching) {
      watch(connection);
    }
  }

  private boolean hold(long bytes) {
    int next = (int) Math.min(bytes, MOST_BYTES);
    if (next > held && !share.take(next - held)) {
      return false;
    }
    if (next < held) {
      share.give(held - next);
    }
    held = next;
    return true;
  }

  private void watch(ChannelHandlerContext connection) {
    watching = true;
    long then = finished;
    var _ =
        connection
            .executor()
            .schedule(
                () -> {
                  watching = false;
                  if (held == 0 || ended) {
                    return;
                  }
                  if (finished == then) {
                    end(connection);
                  } else {
                    watch(connection);
                  }
                },
                limits.messageTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void end(ChannelHandlerContext connection) {
    ended = true;
    share.give(held);
    held = 0;
    refusals.connection(Connection.UNFINISHED_FRAME);
    // From here, since HTTP/2 would first wait for its calls.
    var _ = connection.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext connection) {
    ended = true;
    share.give(held);
    held = 0;
    connection.fireChannelInactive();
  }
}
