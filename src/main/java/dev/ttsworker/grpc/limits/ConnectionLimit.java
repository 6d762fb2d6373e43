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

/// Connection limit: handler of the listening channel that closes connections over the limits right
/// after accept, and installs a [HandshakeMonitor] on the others.
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

  private final ConnectionCounts counts;
  private final NewConnections<Channel> newConnections = new NewConnections<>(System::nanoTime);
  private final InboundGuard guard;
  private final RefusalMetrics refusals;
  private final Set<Verdict> warned = EnumSet.noneOf(Verdict.class);

  ConnectionLimit(ConnectionCounts counts, InboundGuard guard, RefusalMetrics refusals) {
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
      warnOnce(verdict);
      return;
    }
    warned.clear();
    Optional<Channel> leaving = newConnections.enter(connection);
    if (leaving.isPresent() && leaving.get().equals(connection)) {
      counts.leave(address);
      connection.unsafe().closeForcibly();
      refusals.connection(Connection.TOO_MANY_HANDSHAKES);
      return;
    }
    leaving.ifPresent(this::evict);
    var _ =
        connection
            .closeFuture()
            .addListener(_ -> {
              counts.leave(address);
              newConnections.leave(connection);
            });
    var _ =
        connection
            .pipeline()
            .addLast(new HandshakeMonitor(guard, address, () -> newConnections.leave(connection)));
    listening.fireChannelRead(connection);
  }

  private void evict(Channel oldest) {
    refusals.connection(Connection.HANDSHAKE_TIMEOUT);
    oldest.eventLoop().execute(() -> oldest.unsafe().closeForcibly());
  }

  private static Connection reason(Verdict verdict) {
    return verdict == Verdict.TOO_MANY_OF_ADDRESS
        ? Connection.TOO_MANY_FROM_ADDRESS
        : Connection.TOO_MANY_CONNECTIONS;
  }

  /// Logs once per flood, and again after connections were accepted.
  private void warnOnce(Verdict verdict) {
    if (warned.add(verdict)) {
      LOG.warn(
          "Too many connections ({}): more are closed at once",
          verdict == Verdict.TOO_MANY_OF_ADDRESS
              ? "limits.max_connections_per_address"
              : "limits.max_connections");
    }
  }
}
