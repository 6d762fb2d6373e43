package dev.ttsworker.grpc.limits;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Waits for HTTP/2 to be there: at once in clear text, with the end of the handshake under TLS.
/// Sits where bytes are in clear text, and leaves before any of them reaches HTTP/2. For the
/// connection's thread.
final class Http2Entry extends ChannelInboundHandlerAdapter {
  private final WireGuard guard;
  private final AddressKey address;
  private final Runnable greeted;

  Http2Entry(WireGuard guard, AddressKey address, Runnable greeted) {
    this.guard = guard;
    this.address = address;
    this.greeted = greeted;
  }

  /// What TLS tells of its end has others put HTTP/2 in its place.
  @Override
  public void userEventTriggered(ChannelHandlerContext connection, Object event) {
    connection.fireUserEventTriggered(event);
    if (!connection.isRemoved() && guard.install(connection.pipeline(), address, greeted)) {
      var _ = connection.pipeline().remove(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext connection, Object bytes) {
    if (guard.install(connection.pipeline(), address, greeted)) {
      var _ = connection.pipeline().remove(this);
    }
    connection.fireChannelRead(bytes);
  }
}
