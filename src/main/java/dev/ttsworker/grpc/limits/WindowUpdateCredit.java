package dev.ttsworker.grpc.limits;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/// Credit for WINDOW_UPDATE frames: how many the sent data justifies. Clients send one or two for
/// each frame, or for each message of it. Outbound handler next to HTTP/2; for the connection's
/// thread.
final class WindowUpdateCredit extends ChannelOutboundHandlerAdapter {
  /// Per written piece; a frame has one or two.
  static final int UPDATES_OF_PIECE = 2;

  /// Audio bytes per update, far below the size of a message.
  static final int BYTES_OF_UPDATE = 16;

  private static final int MAX = 1_000_000;

  private int updates;

  @Override
  public void write(ChannelHandlerContext connection, Object piece, ChannelPromise promise) {
    if (piece instanceof ByteBuf bytes) {
      updates = Math.min(MAX, updates + UPDATES_OF_PIECE + bytes.readableBytes() / BYTES_OF_UPDATE);
    }
    var _ = connection.write(piece, promise);
  }

  /// Consumes credit for a received update.
  ///
  /// @return false when there is no credit
  boolean consume() {
    if (updates == 0) {
      return false;
    }
    updates--;
    return true;
  }
}
