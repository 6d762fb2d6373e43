package dev.ttsworker.grpc.limits;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/// Knows how many WINDOW_UPDATE frames what was sent may be answered with: clients send one or two
/// for each frame, or for each message of it. Sits where HTTP/2 writes; for the connection's
/// thread.
final class SentFrames extends ChannelOutboundHandlerAdapter {
  /// For each piece that is written, of which a frame has one or two.
  static final int UPDATES_OF_PIECE = 2;

  /// Of audio, far fewer than a message has.
  static final int BYTES_OF_UPDATE = 16;

  private static final int MOST = 1_000_000;

  private int updates;

  @Override
  public void write(ChannelHandlerContext connection, Object piece, ChannelPromise promise) {
    if (piece instanceof ByteBuf bytes) {
      updates =
          Math.min(MOST, updates + UPDATES_OF_PIECE + bytes.readableBytes() / BYTES_OF_UPDATE);
    }
    var _ = connection.write(piece, promise);
  }

  /// An update has come.
  ///
  /// @return whether it answers what was sent
  boolean takeUpdate() {
    if (updates == 0) {
      return false;
    }
    updates--;
    return true;
  }
}
