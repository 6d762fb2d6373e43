package dev.ttsworker.wyoming;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Event decoder: a line of JSON, which may announce more JSON, that is merged over its `data`, and
/// a payload, which is skipped. After a failure nothing more is decoded. For the connection's
/// thread.
///
/// Source: the protocol's description in OHF-Voice/wyoming, version 1.10.
final class EventDecoder extends ByteToMessageDecoder {
  /// No event that is understood here has a payload.
  static final int MAX_PAYLOAD_BYTES = 1 << 20;

  private static final byte NEWLINE = '\n';
  private static final JsonMapper JSON = new JsonMapper();

  private final int maxBytes;
  private Optional<Head> head = Optional.empty();
  private int searched;
  private int payloadLeft;
  private boolean failed;

  /// @param maxBytes of a line, and of the data after it
  EventDecoder(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// A line, and what it announces.
  private record Head(ObjectNode line, int lineBytes, int dataBytes, int payloadBytes) {}

  /// Whether an event has begun that is not complete.
  boolean isUnfinished() {
    return !failed && (head.isPresent() || payloadLeft > 0 || actualReadableBytes() > 0);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (failed) {
      var _ = in.skipBytes(in.readableBytes());
      return;
    }
    try {
      decode(in, out);
    } catch (WorkerException e) {
      failed = true;
      throw e;
    }
  }

  private void decode(ByteBuf in, List<Object> out) {
    if (payloadLeft > 0) {
      int skipped = Math.min(payloadLeft, in.readableBytes());
      var _ = in.skipBytes(skipped);
      payloadLeft -= skipped;
      return;
    }
    if (head.isEmpty()) {
      head = readHead(in);
    }
    head.filter(it -> in.readableBytes() >= it.dataBytes())
        .ifPresent(it -> {
          out.add(event(it, in));
          payloadLeft = it.payloadBytes();
          head = Optional.empty();
        });
  }

  private Optional<Head> readHead(ByteBuf in) {
    int length = in.indexOf(in.readerIndex() + searched, in.writerIndex(), NEWLINE);
    if (length < 0 && in.readableBytes() <= maxBytes) {
      searched = in.readableBytes();
      return Optional.empty();
    }
    int bytes = length < 0 ? in.readableBytes() : length - in.readerIndex();
    if (bytes > maxBytes) {
      throw new WorkerException(
          ErrorCode.MESSAGE_TOO_LARGE, "The line of an event has more than " + maxBytes + " bytes");
    }
    searched = 0;
    ObjectNode line = object(in, bytes, "The line of an event");
    var _ = in.skipBytes(1);
    int dataBytes = length(line, "data_length", maxBytes);
    return Optional.of(
        new Head(line, bytes, dataBytes, length(line, "payload_length", MAX_PAYLOAD_BYTES)));
  }

  private static WyomingEvent event(Head head, ByteBuf in) {
    JsonNode type = head.line().path("type");
    if (!type.isString() || type.stringValue().isEmpty()) {
      throw malformed("The line of an event has no type");
    }
    JsonNode given = head.line().path("data");
    if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
      throw malformed("The data of an event is not a JSON object");
    }
    ObjectNode data = given.isObject() ? (ObjectNode) given : JSON.createObjectNode();
    if (head.dataBytes() > 0) {
      var _ = data.setAll(object(in, head.dataBytes(), "The data of an event"));
    }
    return new WyomingEvent(type.stringValue(), data, head.lineBytes() + head.dataBytes());
  }

  private static ObjectNode object(ByteBuf in, int bytes, String what) {
    byte[] json = ByteBufUtil.getBytes(in.readSlice(bytes));
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      // Its message may contain the text.
      throw malformed(what + " is not a JSON object");
    }
    throw malformed(what + " is not a JSON object");
  }

  private static int length(ObjectNode line, String name, int most) {
    JsonNode value = line.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw malformed(name + " is not a whole number; allowed: 0 to " + most);
    }
    if (value.longValue() > most) {
      throw new WorkerException(
          ErrorCode.MESSAGE_TOO_LARGE,
          name + " is " + value.longValue() + "; allowed: 0 to " + most);
    }
    return value.intValue();
  }

  private static WorkerException malformed(String message) {
    return new WorkerException(ErrorCode.MALFORMED_REQUEST, message);
  }
}
