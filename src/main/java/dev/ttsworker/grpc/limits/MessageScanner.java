package dev.ttsworker.grpc.limits;

import io.netty.buffer.ByteBuf;

/// Message scanner: finds the boundaries of one call's messages by gRPC's prefix, one byte of flags
/// and four of length. For one thread.
final class MessageScanner {
  private static final int PREFIX_BYTES = 5;
  private static final int LENGTH_BYTES = 4;
  private static final int COMPRESSED = 1;

  private final boolean mayBeCompressed;
  private final int maxMessageBytes;
  private int prefixLeft = PREFIX_BYTES;
  private long bodyLeft;

  /// @param mayBeCompressed whether the call names an encoding
  /// @param maxMessageBytes maximum size of one message on the wire
  MessageScanner(boolean mayBeCompressed, int maxMessageBytes) {
    this.mayBeCompressed = mayBeCompressed;
    this.maxMessageBytes = maxMessageBytes;
  }

  /// Fault of a message.
  enum Fault {
    NONE,
    TOO_LARGE,
    MALFORMED
  }

  /// Is notified of each message's end.
  interface MessageListener {
    /// A message is complete.
    ///
    /// @param rest bytes of the piece after the message
    void messageComplete(int rest);
  }

  /// Scans the next piece of the call without consuming it.
  ///
  /// @return the fault; no piece may be scanned after one
  Fault read(ByteBuf piece, MessageListener ends) {
    int at = piece.readerIndex();
    int end = piece.writerIndex();
    while (at < end) {
      if (prefixLeft > 0) {
        Fault fault = prefix(piece.getUnsignedByte(at));
        at++;
        if (fault != Fault.NONE) {
          return fault;
        }
      } else {
        int part = (int) Math.min(bodyLeft, end - at);
        at += part;
        bodyLeft -= part;
      }
      if (prefixLeft == 0 && bodyLeft == 0) {
        prefixLeft = PREFIX_BYTES;
        ends.messageComplete(end - at);
      }
    }
    return Fault.NONE;
  }

  private Fault prefix(int value) {
    if (prefixLeft > LENGTH_BYTES) {
      bodyLeft = 0;
      prefixLeft--;
      boolean known = value == 0 || (value == COMPRESSED && mayBeCompressed);
      return known ? Fault.NONE : Fault.MALFORMED;
    }
    bodyLeft = bodyLeft << Byte.SIZE | value;
    prefixLeft--;
    return prefixLeft == 0 && bodyLeft > maxMessageBytes ? Fault.TOO_LARGE : Fault.NONE;
  }

  /// Whether a message has begun and not ended.
  boolean isIncomplete() {
    return prefixLeft < PREFIX_BYTES;
  }

  /// Length of the message, once its prefix is complete.
  long bytes() {
    return bodyLeft;
  }
}
