package dev.ttsworker.connection;

import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections past the limit as soon as they are accepted, and has a watch on the others.
/// Sits on the listening channel, where what is read is a connection.
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

  private final int most;
  private final RefusalMetrics refusals;
  private final AtomicInteger open = new AtomicInteger();
  private boolean full;

  ConnectionLimit(int most, RefusalMetrics refusals) {
    this.most = most;
    this.refusals = refusals;
  }

  @Override
  public void channelRead(ChannelHandlerContext listening, Object accepted) {
    Channel connection = (Channel) accepted;
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      connection.unsafe().closeForcibly();
      refusals.connection(Connection.TOO_MANY_CONNECTIONS);
      tellOnce();
      return;
    }
    full &= open.get() == most;
    var _ = connection.closeFuture().addListener(_ -> open.decrementAndGet());
    var _ = connection.pipeline().addLast(new ConnectionWatch(refusals));
    listening.fireChannelRead(connection);
  }

  /// Not for each of a flood, but again after there was room.
  private void tellOnce() {
    if (!full) {
      LOG.warn("{} connections are open (limits.max_connections): more are closed at once", most);
      full = true;
    }
  }
}
