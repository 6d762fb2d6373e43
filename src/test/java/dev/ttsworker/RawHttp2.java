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
import java.util.zip.GZIPOutputStream;

/// HTTP/2 frames over a plain socket, as no client library would send them.
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;

  static final int NO_ERROR = 0;
  static final int PROTOCOL_ERROR = 1;
  static final int ENHANCE_YOUR_CALM = 11;

  private static final int END_HEADERS = 4;
  private static final int END_STREAM = 1;
  private static final int PREFIX_BYTES = 5;

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
    openCall(stream, "/tts.TTSService/Synthesize");
  }

  /// Opens a call.
  ///
  /// @param more names and values of headers
  void openCall(int stream, String path, String... more) throws IOException {
    frame(HEADERS, END_HEADERS, stream, block(path, more));
  }

  /// The headers of a call, literally.
  static byte[] block(String path, String... more) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    header(block, ":method", "POST");
    header(block, ":scheme", "http");
    header(block, ":path", path);
    header(block, ":authority", "localhost");
    header(block, "content-type", "application/grpc");
    header(block, "te", "trailers");
    for (int i = 0; i < more.length; i += 2) {
      header(block, more[i], more[i + 1]);
    }
    return block.toByteArray();
  }

  private static void header(ByteArrayOutputStream block, String name, String value) {
    block.write(0); // a literal with its name, not indexed
    literal(block, name);
    literal(block, value);
  }

  void data(int stream, byte[] payload) throws IOException {
    frame(DATA, 0, stream, payload);
  }

  /// Begins a message of so many bytes.
  void message(int stream, int length) throws IOException {
    byte[] prefix = new byte[PREFIX_BYTES];
    for (int i = PREFIX_BYTES - 1; i > 0; i--) {
      prefix[i] = (byte) (length >> (8 * (PREFIX_BYTES - 1 - i)));
    }
    data(stream, prefix);
  }

  /// Sends a message.
  void whole(int stream, byte[] message) throws IOException {
    message(stream, message.length);
    data(stream, message);
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(plain);
    }
    return bytes.toByteArray();
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
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, flags, stream, ByteString.copyFrom(in.readNBytes(length)));
  }

  /// Reads up to headers that hold this text; letters stand for themselves, since nothing of gRPC's
  /// is Huffman-coded.
  void awaitText(String text) throws IOException {
    String payload = "";
    while (!payload.contains(text)) {
      Frame frame = read();
      payload =
          frame.type() == HEADERS ? frame.payload().toString(StandardCharsets.ISO_8859_1) : "";
    }
  }

  /// Reads up to the frame that ends a stream.
  Frame readToEndOf(int stream) throws IOException {
    while (true) {
      Frame frame = read();
      boolean ends = frame.type() == RST_STREAM || (frame.flags() & END_STREAM) != 0;
      if (frame.stream() == stream && ends && frame.type() != SETTINGS) {
        return frame;
      }
    }
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

  record Frame(int type, int flags, int stream, ByteString payload) {}
}
