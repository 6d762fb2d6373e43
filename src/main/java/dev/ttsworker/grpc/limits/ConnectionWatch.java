package dev.ttsworker.grpc.limits;

import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Closes a connection on which no HTTP/2 comes in time, and counts why this side ends it. Sits
/// before all that reads the connection, until its first bytes have come. For the connection's
/// thread.
final class ConnectionWatch extends ChannelInboundHandlerAdapter {
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  private final WireGuard guard;
  private final AddressKey address;
  private final Runnable greeted;

  /// @param greeted runs when the client's settings have come
  ConnectionWatch(WireGuard guard, AddressKey address, Runnable greeted) {
    this.guard = guard;
    this.address = address;
    this.greeted = greeted;
  }

  @Override
  public void channelActive(ChannelHandlerContext connection) {
    Future<?> check =
        connection
            .executor()
            .schedule(
                () -> endWithoutHandshake(connection), HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
    var _ = connection.channel().closeFuture().addListener(_ -> check.cancel(false));
    connection.fireChannelActive();
  }

  private void endWithoutHandshake(ChannelHandlerContext connection) {
    Http2ConnectionHandler http2 = WireGuard.http2(connection.channel().pipeline());
    if (connection.channel().isActive() && (http2 == null || !http2.decoder().prefaceReceived())) {
      guard.refusals().connection(Connection.HANDSHAKE_TIMEOUT);
      var _ = connection.close();
    }
  }

  /// With the first bytes it is settled whether there is TLS.
  @Override
  public void channelRead(ChannelHandlerContext connection, Object bytes) {
    SslHandler tls = connection.pipeline().get(SslHandler.class);
    Http2Entry entry = new Http2Entry(guard, address, greeted);
    if (tls == null) {
      var _ = connection.pipeline().addAfter(connection.name(), null, entry);
    } else {
      countFailing(tls);
      var _ =
          connection.pipeline().addAfter(connection.pipeline().context(tls).name(), null, entry);
    }
    var _ = connection.pipeline().remove(this);
    // Also after its removal this context knows who is next.
    connection.fireChannelRead(bytes);
  }

  private void countFailing(SslHandler tls) {
    var _ =
        tls.handshakeFuture()
            .addListener(shaken -> {
              if (!shaken.isSuccess()) {
                guard.refusals().connection(Connection.TLS_HANDSHAKE);
              }
            });
  }
}
