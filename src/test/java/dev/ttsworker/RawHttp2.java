package dev.ttsworker;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// HTTP/2 frames over a plain socket, as no client library would send them.
final class RawHttp2 implements AutoCloseable {
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;

  static final int NO_ERROR = 0;
  static final int PROTOCOL_ERROR = 1;
  static final int ENHANCE_YOUR_CALM = 11;

  private static final int END_HEADERS = 4;
  private static final Map<String, String> SYNTHESIZE =
      Map.of(
          ":method", "POST",
          ":scheme", "http",
          ":path", "/tts.TTSService/Synthesize",
          ":authority", "localhost",
          "content-type", "application/grpc",
          "te", "trailers");

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;

  /// Connects and sends nothing yet.
  RawHttp2(int port) throws IOException {
    socket = new Socket("localhost", port);
    socket.setSoTimeout(60_000);
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
  }

  /// Sends preface and settings, and waits for those of the server.
  RawHttp2 greet() throws IOException {
    bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
    Frame first = read();
    if (first.type() != SETTINGS) {
      throw new AssertionError(first);
    }
    return this;
  }

  void bytes(byte[] any) throws IOException {
    out.write(any);
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(frame);
    data.writeShort(payload.length >> 8);
    data.writeByte(payload.length);
    data.writeByte(type);
    data.writeByte(flags);
    data.writeInt(stream);
    data.write(payload);
    out.write(frame.toByteArray());
  }

  void ping() throws IOException {
    frame(PING, 0, 0, new byte[8]);
  }

  /// Opens a Synthesize call.
  void openCall(int stream) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    SYNTHESIZE.entrySet().stream()
        .sorted((a, b) -> Boolean.compare(b.getKey().startsWith(":"), a.getKey().startsWith(":")))
        .forEach(header -> {
          block.write(0); // a literal with its name, not indexed
          literal(block, header.getKey());
          literal(block, header.getValue());
        });
    frame(HEADERS, END_HEADERS, stream, block.toByteArray());
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    block.write(text.length());
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Breaks a call off.
  void reset(int stream) throws IOException {
    frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
  }

  Frame read() throws IOException {
    int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
    int type = in.readUnsignedByte();
    in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, stream, ByteString.copyFrom(in.readNBytes(length)));
  }

  /// Reads up to the GOAWAY that says why, not only that no more calls are taken.
  ///
  /// @return its error code and words
  String goAway() throws IOException {
    while (true) {
      Frame frame = read();
      if (frame.type() == GOAWAY) {
        String words = frame.payload().substring(8).toStringUtf8();
        return frame.payload().byteAt(7) + " " + words;
      }
    }
  }

  /// Reads up to the end of the connection.
  void awaitClosed() throws IOException {
    try {
      while (true) {
        read();
      }
    } catch (EOFException | SocketException closed) {
      // As awaited.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  record Frame(int type, int stream, ByteString payload) {}
}
