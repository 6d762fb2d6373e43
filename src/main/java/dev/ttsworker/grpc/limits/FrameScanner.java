package dev.ttsworker.grpc.limits;

import io.netty.buffer.ByteBuf;

/// Frame scanner: finds the boundaries of HTTP/2 frames by their 9-byte headers, and whether a
/// header block is incomplete. For one thread.
final class FrameScanner {
  private static final int PREFACE_BYTES = 24;
  private static final int HEADER_BYTES = 9;
  private static final int LENGTH_BYTES = 3;
  private static final int TYPE_AT = 3;
  private static final int FLAGS_AT = 4;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 4;

  private final byte[] header = new byte[HEADER_BYTES];
  private int headerBytes;
  private int left = PREFACE_BYTES;
  private boolean inPreface = true;
  private boolean inHeaders;
  private long unfinished;

  /// Scans the next bytes without consuming them.
  void read(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      int part;
      if (left > 0) {
        part = Math.min(left, end - at);
        left -= part;
      } else {
        part = 1;
        header[headerBytes] = bytes.getByte(at);
        headerBytes++;
        if (headerBytes == HEADER_BYTES) {
          beginPayload();
        }
      }
      at += part;
      unfinished += part;
      if (left == 0 && (inPreface || headerBytes == HEADER_BYTES)) {
        endFrame();
      }
    }
  }

  private void beginPayload() {
    for (int i = 0; i < LENGTH_BYTES; i++) {
      left = left << Byte.SIZE | (header[i] & 0xff);
    }
  }

  private void endFrame() {
    if (!inPreface && (header[TYPE_AT] == HEADERS || header[TYPE_AT] == CONTINUATION)) {
      inHeaders = (header[FLAGS_AT] & END_HEADERS) == 0;
    }
    inPreface = false;
    headerBytes = 0;
    if (!inHeaders) {
      unfinished = 0;
    }
  }

  /// Bytes received of an incomplete frame, or of an incomplete header block over several frames.
  long unfinished() {
    return unfinished;
  }
}
