package dev.ttsworker.grpc.limits;

import dev.ttsworker.grpc.limits.ConnectionCounts.Verdict;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections past the limits as soon as they are accepted, and has a watch on the others.
/// Sits on the listening channel, where what is read is a connection.
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

  private final ConnectionCounts counts;
  private final NewConnections<Channel> newcomers = new NewConnections<>(System::nanoTime);
  private final WireGuard guard;
  private final RefusalMetrics refusals;
  private final Set<Verdict> told = EnumSet.noneOf(Verdict.class);

  ConnectionLimit(ConnectionCounts counts, WireGuard guard, RefusalMetrics refusals) {
    this.counts = counts;
    this.guard = guard;
    this.refusals = refusals;
  }

  @Override
  public void channelRead(ChannelHandlerContext listening, Object accepted) {
    Channel connection = (Channel) accepted;
    AddressKey address = AddressKey.of(connection.remoteAddress());
    Verdict verdict = counts.enter(address);
    if (verdict != Verdict.TAKEN) {
      connection.unsafe().closeForcibly();
      refusals.connection(reason(verdict));
      tellOnce(verdict);
      return;
    }
    told.clear();
    Optional<Channel> leaving = newcomers.enter(connection);
    if (leaving.isPresent() && leaving.get().equals(connection)) {
      counts.leave(address);
      connection.unsafe().closeForcibly();
      refusals.connection(Connection.TOO_MANY_HANDSHAKES);
      return;
    }
    leaving.ifPresent(this::giveWay);
    var _ =
        connection
            .closeFuture()
            .addListener(_ -> {
              counts.leave(address);
              newcomers.leave(connection);
            });
    var _ =
        connection
            .pipeline()
            .addLast(new ConnectionWatch(guard, address, () -> newcomers.leave(connection)));
    listening.fireChannelRead(connection);
  }

  private void giveWay(Channel oldest) {
    refusals.connection(Connection.HANDSHAKE_TIMEOUT);
    oldest.eventLoop().execute(() -> oldest.unsafe().closeForcibly());
  }

  private static Connection reason(Verdict verdict) {
    return verdict == Verdict.TOO_MANY_OF_ADDRESS
        ? Connection.TOO_MANY_FROM_ADDRESS
        : Connection.TOO_MANY_CONNECTIONS;
  }

  /// Not for each of a flood, but again after there was room.
  private void tellOnce(Verdict verdict) {
    if (told.add(verdict)) {
      LOG.warn(
          "Too many connections ({}): more are closed at once",
          verdict == Verdict.TOO_MANY_OF_ADDRESS
              ? "limits.max_connections_per_address"
              : "limits.max_connections");
    }
  }
}
