package dev.ttsworker.connection;

import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes a connection on which no HTTP/2 comes in time, and counts why this side ends it. Sits
/// before all that reads the connection, until it has found what speaks HTTP/2. For the
/// connection's thread.
final class ConnectionWatch extends ChannelInboundHandlerAdapter {
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  private final RefusalMetrics refusals;
  private boolean hasSeenBytes;

  ConnectionWatch(RefusalMetrics refusals) {
    this.refusals = refusals;
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
    Http2ConnectionHandler http2 = http2(connection);
    if (connection.channel().isActive() && (http2 == null || !http2.decoder().prefaceReceived())) {
      refusals.connection(Connection.HANDSHAKE_TIMEOUT);
      var _ = connection.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext connection, Object bytes) {
    if (!hasSeenBytes) {
      hasSeenBytes = true;
      countFailingTls(connection);
    }
    Http2ConnectionHandler http2 = http2(connection);
    if (http2 != null) {
      http2.connection().addListener(new GoAwayCount(refusals));
      var _ = connection.pipeline().remove(this);
    }
    // Also after its removal this context knows who is next.
    connection.fireChannelRead(bytes);
  }

  private void countFailingTls(ChannelHandlerContext connection) {
    SslHandler tls = connection.pipeline().get(SslHandler.class);
    if (tls != null) {
      var _ =
          tls.handshakeFuture()
              .addListener(shaken -> {
                if (!shaken.isSuccess()) {
                  refusals.connection(Connection.TLS_HANDSHAKE);
                }
              });
    }
  }

  private static @Nullable Http2ConnectionHandler http2(ChannelHandlerContext connection) {
    return connection.channel().pipeline().get(Http2ConnectionHandler.class);
  }
}
