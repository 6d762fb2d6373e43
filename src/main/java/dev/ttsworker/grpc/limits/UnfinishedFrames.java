package dev.ttsworker.grpc.limits;

import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/// Limit of incomplete frames and header blocks: closes a connection whose frame is late, or
/// exceeds the memory budget. Sits right before HTTP/2, which buffers frames until they are
/// complete. For the connection's thread.
final class UnfinishedFrames extends ChannelInboundHandlerAdapter {
  private static final int MOST_BYTES = 1 << 20;

  private final FrameScanner bounds = new FrameScanner();
  private final MemoryBudget.Share share;
  private final WireLimits limits;
  private final RefusalMetrics refusals;
  private int held;
  private long finished;
  private boolean watching;
  private boolean ended;

  /// @param share separate from that of calls, so that a frame always fits beside what they hold
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
    if (next > held && !share.reserve(next - held)) {
      return false;
    }
    if (next < held) {
      share.release(held - next);
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
    share.release(held);
    held = 0;
    refusals.connection(Connection.UNFINISHED_FRAME);
    // Closes from this context, since HTTP/2 would first wait for its calls.
    var _ = connection.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext connection) {
    ended = true;
    share.release(held);
    held = 0;
    connection.fireChannelInactive();
  }
}
