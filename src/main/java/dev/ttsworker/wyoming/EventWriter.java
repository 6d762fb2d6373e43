package dev.ttsworker.wyoming;

import dev.ttsworker.error.WorkerException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.json.JsonMapper;

/// Event writer of one connection. Thread-safe; no method waits.
final class EventWriter {
  /// How long a client has to read an error: with a close at once, what it has sent meanwhile would
  /// reset the connection, and the error would be lost.
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] NOTHING = new byte[0];

  private final Channel channel;
  private final AtomicBoolean failed = new AtomicBoolean();

  EventWriter(Channel channel) {
    this.channel = channel;
  }

  /// Whether more can leave without being buffered here.
  boolean isReady() {
    return channel.isWritable();
  }

  /// Writes an event.
  ///
  /// @param data a map or tree
  void write(String type, Object data) {
    write(type, JSON.writeValueAsBytes(data), NOTHING);
  }

  /// Writes an event without data.
  void write(String type) {
    write(type, NOTHING, NOTHING);
  }

  /// Writes an event.
  ///
  /// @param data JSON
  void write(String type, byte[] data, byte[] payload) {
    if (!failed.get()) {
      var _ =
          channel.writeAndFlush(Unpooled.wrappedBuffer(line(type, data, payload), data, payload));
    }
  }

  /// Some clients read data or payload whenever a length is given, be it 0.
  private static byte[] line(String type, byte[] data, byte[] payload) {
    StringBuilder line = new StringBuilder("{\"type\":\"").append(type).append('"');
    if (data.length > 0) {
      line.append(",\"data_length\":").append(data.length);
    }
    if (payload.length > 0) {
      line.append(",\"payload_length\":").append(payload.length);
    }
    return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Whether an error was written; nothing follows it.
  boolean hasFailed() {
    return failed.get();
  }

  /// Writes an error, and closes the connection: clients wait for the audio of a failed call until
  /// then. No effect after the first.
  void fail(WorkerException failure) {
    if (!failed.compareAndSet(false, true)) {
      return;
    }
    byte[] data =
        JSON.writeValueAsBytes(Map.of("text", failure.getMessage(), "code", failure.code().name()));
    var _ =
        channel
            .writeAndFlush(Unpooled.wrappedBuffer(line("error", data, NOTHING), data))
            .addListener(_ -> sayGoodbye());
  }

  private void sayGoodbye() {
    if (channel instanceof DuplexChannel duplex) {
      var _ = duplex.shutdownOutput();
    }
    var _ =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  var _ = channel.close();
                },
                FAREWELL.toMillis(),
                TimeUnit.MILLISECONDS);
  }
}
