package dev.ttsworker.grpc.limits;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Pipeline handler that installs the inbound limits as soon as HTTP/2 is in the pipeline: at once
/// in clear text, after the handshake with TLS. Sits behind TLS, and removes itself before any byte
/// reaches HTTP/2. For the connection's thread.
final class Http2Installer extends ChannelInboundHandlerAdapter {
  private final InboundGuard guard;
  private final AddressKey address;
  private final Runnable onSettingsReceived;

  Http2Installer(InboundGuard guard, AddressKey address, Runnable onSettingsReceived) {
    this.guard = guard;
    this.address = address;
    this.onSettingsReceived = onSettingsReceived;
  }

  /// The TLS handshake event makes gRPC add HTTP/2 to the pipeline.
  @Override
  public void userEventTriggered(ChannelHandlerContext connection, Object event) {
    connection.fireUserEventTriggered(event);
    if (!connection.isRemoved()
        && guard.install(connection.pipeline(), address, onSettingsReceived)) {
      var _ = connection.pipeline().remove(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext connection, Object bytes) {
    if (guard.install(connection.pipeline(), address, onSettingsReceived)) {
      var _ = connection.pipeline().remove(this);
    }
    connection.fireChannelRead(bytes);
  }
}
