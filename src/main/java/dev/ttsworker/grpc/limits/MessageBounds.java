package dev.ttsworker.grpc.limits;

import io.netty.buffer.ByteBuf;

/// Finds where the messages of one call begin and end, by gRPC's prefix: a byte of flags and four
/// of length. For one thread.
final class MessageBounds {
  private static final int PREFIX_BYTES = 5;
  private static final int LENGTH_BYTES = 4;
  private static final int COMPRESSED = 1;

  private final boolean mayBeCompressed;
  private final int longest;
  private int prefixLeft = PREFIX_BYTES;
  private long bodyLeft;

  /// @param mayBeCompressed whether the call names an encoding
  /// @param longest bytes of one message as it is on the wire
  MessageBounds(boolean mayBeCompressed, int longest) {
    this.mayBeCompressed = mayBeCompressed;
    this.longest = longest;
  }

  /// What is wrong with a message.
  enum Fault {
    NONE,
    TOO_LARGE,
    MALFORMED
  }

  /// Learns of each message's end.
  interface Ends {
    /// A message has come whole.
    ///
    /// @param rest bytes of the piece that come after the message
    void messageEnds(int rest);
  }

  /// Reads the next piece of the call, without taking anything from it.
  ///
  /// @return what is wrong; after a fault nothing can be read any more
  Fault read(ByteBuf piece, Ends ends) {
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
        ends.messageEnds(end - at);
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
    return prefixLeft == 0 && bodyLeft > longest ? Fault.TOO_LARGE : Fault.NONE;
  }

  /// Whether a message has begun and not ended.
  boolean isInside() {
    return prefixLeft < PREFIX_BYTES;
  }

  /// Bytes of the message, once its prefix has come.
  long bytes() {
    return bodyLeft;
  }
}
