package dev.ttsworker.bench.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A TCP connection that carries Wyoming events: a line of JSON, then `data_length` bytes of JSON
/// and `payload_length` bytes of sound, both optional. Sending and receiving are one thread's; any
/// thread may close it, which ends a receive that waits.
final class WyomingConnection implements Closeable {
  private static final int CONNECT_MS = 10_000;
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int LINE_LIMIT_BYTES = 1 << 20;
  private static final int DATA_LIMIT_BYTES = 1 << 20;
  private static final int PAYLOAD_LIMIT_BYTES = 64 << 20;

  private final JsonMapper json;
  private final Socket socket;
  private final InputStream in;

  /// Connects.
  WyomingConnection(String host, int port, JsonMapper json) throws IOException {
    this.json = json;
    this.socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
      this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Sends an event without a payload.
  void send(String type, Map<String, String> data) throws IOException {
    byte[] header = json.writeValueAsBytes(Map.of("type", type, "data", data));
    byte[] line = new byte[header.length + 1];
    System.arraycopy(header, 0, line, 0, header.length);
    line[header.length] = '\n';
    socket.getOutputStream().write(line);
  }

  /// Waits for the next event.
  ///
  /// @throws EOFException when the other side hangs up
  /// @throws IOException also when what comes is not the protocol
  WyomingEvent receive() throws IOException {
    JsonNode header = object(line());
    JsonNode data = header.path("data");
    byte[] more = bytes(header, "data_length", DATA_LIMIT_BYTES);
    if (more.length > 0) {
      data = merged(data, object(more));
    }
    byte[] payload = bytes(header, "payload_length", PAYLOAD_LIMIT_BYTES);
    return new WyomingEvent(header.path("type").asString(""), data, payload);
  }

  private byte[] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server hung up");
      }
      if (line.size() == LINE_LIMIT_BYTES) {
        throw new IOException("a line longer than " + LINE_LIMIT_BYTES + " bytes came");
      }
      line.write(next);
    }
    return line.toByteArray();
  }

  private byte[] bytes(JsonNode header, String field, int limit) throws IOException {
    int length = header.path(field).asInt(0);
    if (length < 0 || length > limit) {
      throw new IOException(field + " is " + length + "; allowed are 0 to " + limit);
    }
    byte[] read = in.readNBytes(length);
    if (read.length < length) {
      throw new EOFException("the server hung up within an event");
    }
    return read;
  }

  private ObjectNode object(byte[] text) throws IOException {
    try {
      if (json.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new IOException("what came is not JSON", e);
    }
    String shown = new String(text, 0, Math.min(text.length, 40), StandardCharsets.UTF_8);
    throw new IOException("an event is not a JSON object: " + shown);
  }

  /// As the protocol has it, the data after the line goes before the data within it.
  private static JsonNode merged(JsonNode inline, ObjectNode after) {
    if (inline instanceof ObjectNode object) {
      object.setAll(after);
      return object;
    }
    return after;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is left to be sent, and the descriptor is free whatever close says.
    }
  }
}
