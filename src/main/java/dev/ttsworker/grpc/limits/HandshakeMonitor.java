package dev.ttsworker.grpc.limits;

import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Handshake monitor: closes a connection without an HTTP/2 preface in time, and counts why this
/// side closes it. First handler of the pipeline until the first bytes arrive. For the connection's
/// thread.
final class HandshakeMonitor extends ChannelInboundHandlerAdapter {
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  private final InboundGuard guard;
  private final AddressKey address;
  private final Runnable onSettingsReceived;

  /// @param onSettingsReceived runs when the client's SETTINGS have arrived
  HandshakeMonitor(InboundGuard guard, AddressKey address, Runnable onSettingsReceived) {
    this.guard = guard;
    this.address = address;
    this.onSettingsReceived = onSettingsReceived;
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
    Http2ConnectionHandler http2 = InboundGuard.http2(connection.channel().pipeline());
    if (connection.channel().isActive() && (http2 == null || !http2.decoder().prefaceReceived())) {
      guard.refusals().connection(Connection.HANDSHAKE_TIMEOUT);
      var _ = connection.close();
    }
  }

  /// With the first bytes it is known whether there is TLS.
  @Override
  public void channelRead(ChannelHandlerContext connection, Object bytes) {
    SslHandler tls = connection.pipeline().get(SslHandler.class);
    Http2Installer entry = new Http2Installer(guard, address, onSettingsReceived);
    if (tls == null) {
      var _ = connection.pipeline().addAfter(connection.name(), null, entry);
    } else {
      countTlsFailure(tls);
      var _ =
          connection.pipeline().addAfter(connection.pipeline().context(tls).name(), null, entry);
    }
    var _ = connection.pipeline().remove(this);
    // A removed context still has its successor.
    connection.fireChannelRead(bytes);
  }

  private void countTlsFailure(SslHandler tls) {
    var _ =
        tls.handshakeFuture()
            .addListener(shaken -> {
              if (!shaken.isSuccess()) {
                guard.refusals().connection(Connection.TLS_HANDSHAKE);
              }
            });
  }
}
