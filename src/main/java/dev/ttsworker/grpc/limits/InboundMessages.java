package dev.ttsworker.grpc.limits;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.limits.MessageScanner.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// HTTP/2 frame listener in front of gRPC, which buffers a message until it is complete but returns
/// its bytes to flow control before that. Bounds memory and duration of incomplete messages; a call
/// over the limits is refused with a status. For the connection's thread.
final class InboundMessages extends Http2FrameListenerDecorator {
  /// Overhead of a piece of a message in addition to its bytes.
  static final int PIECE_BYTES = 128;

  /// HPACK table size for sent headers; clients may ask for any size.
  private static final long HEADER_TABLE_BYTES = 4_096;

  private static final AsciiString ENCODING = AsciiString.cached("grpc-encoding");
  private static final AsciiString IDENTITY = AsciiString.cached("identity");
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  /// How long a refused call may take to end before its stream is reset.
  private static final Duration REFUSAL_TIMEOUT = Duration.ofSeconds(1);

  private final Http2ConnectionHandler http2;
  private final Http2Connection.PropertyKey key;
  private final MemoryBudget.Share share;
  private final PendingCalls.Share starts;
  private final RefusedStreams refused;
  private final WindowUpdateCredit sent;
  private final WireCalls calls;
  private final WireLimits limits;
  private final FrameRateLimit idleFrames = new FrameRateLimit(System::nanoTime);
  private final Runnable onSettingsReceived;

  /// Streams with an incomplete message, the oldest first, and since when.
  private final Map<Integer, Long> unfinished = new LinkedHashMap<>();

  private boolean checking;

  /// @param onSettingsReceived runs when the client's SETTINGS have arrived
  InboundMessages(
      Http2ConnectionHandler http2,
      MemoryBudget.Share share,
      PendingCalls.Share starts,
      RefusedStreams refused,
      WindowUpdateCredit sent,
      WireCalls calls,
      WireLimits limits,
      Runnable onSettingsReceived) {
    super(http2.decoder().frameListener());
    this.http2 = http2;
    this.share = share;
    this.starts = starts;
    this.refused = refused;
    this.sent = sent;
    this.calls = calls;
    this.limits = limits;
    this.onSettingsReceived = onSettingsReceived;
    key = http2.connection().newKey();
    http2.connection().addListener(new StreamCloseListener());
  }

  private record Watched(WireCall call, String number, MessageScanner bounds) {}

  private @Nullable Watched watched(@Nullable Http2Stream stream) {
    return stream == null ? null : stream.getProperty(key);
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext connection, Http2Settings settings)
      throws Http2Exception {
    idleFrames.count();
    super.onSettingsRead(connection, settings);
    var headers = http2.encoder().configuration().headersConfiguration();
    if (headers.maxHeaderTableSize() > HEADER_TABLE_BYTES) {
      headers.maxHeaderTableSize(HEADER_TABLE_BYTES);
    }
    onSettingsReceived.run();
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext connection,
      int streamId,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    Http2Stream stream = http2.connection().stream(streamId);
    if (stream == null || watched(stream) != null) {
      // gRPC defines no request trailers, and would take them for another call.
      var _ = onDataRead(connection, streamId, Unpooled.EMPTY_BUFFER, 0, end);
      return;
    }
    WireCall call = new WireCall(share, starts);
    Optional<WorkerException> full = call.open();
    if (full.isPresent()) {
      refused.refuse(connection, stream, full.get());
      return;
    }
    String number = calls.mark(headers, call);
    CharSequence encoding = headers.get(ENCODING);
    boolean compressed = encoding != null && !IDENTITY.contentEquals(encoding);
    var _ =
        stream.setProperty(
            key,
            new Watched(call, number, new MessageScanner(compressed, limits.maxMessageBytes())));
    super.onHeadersRead(connection, streamId, headers, dependency, weight, exclusive, padding, end);
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext connection, int streamId, ByteBuf data, int padding, boolean end)
      throws Http2Exception {
    int bytes = data.readableBytes();
    Http2Stream stream = http2.connection().stream(streamId);
    Watched watched = watched(stream);
    if (watched == null || stream == null || !isOpen(stream, watched.call())) {
      return bytes + padding;
    }
    if (bytes == 0 && !end) {
      idleFrames.count();
      return padding;
    }
    WorkerException fault = fault(streamId, watched, data, end);
    if (fault != null) {
      refuse(connection, streamId, watched.call(), fault);
      return bytes + padding;
    }
    scheduleCheck(connection);
    // A copy: gRPC retains the piece, and with it the whole read buffer.
    ByteBuf piece = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(data));
    try {
      return super.onDataRead(connection, streamId, piece, padding, end);
    } finally {
      var _ = piece.release();
    }
  }

  private static boolean isOpen(Http2Stream stream, WireCall call) {
    return stream.state().localSideOpen() && !call.isRefused();
  }

  private @Nullable WorkerException fault(
      int streamId, Watched watched, ByteBuf data, boolean end) {
    MessageScanner bounds = watched.bounds();
    if (!watched.call().receive(data.readableBytes() + PIECE_BYTES)) {
      return RefusedStreams.outOfMemory();
    }
    boolean wasIncomplete = bounds.isIncomplete();
    boolean[] ended = new boolean[1];
    Fault fault =
        bounds.read(
            data,
            rest -> {
              ended[0] = true;
              watched.call().messageComplete(rest);
            });
    if (fault == Fault.TOO_LARGE) {
      return new WorkerException(
          ErrorCode.MESSAGE_TOO_LARGE,
          "The message has " + bounds.bytes() + " bytes; allowed: " + limits.maxMessageBytes());
    }
    if (fault == Fault.MALFORMED || (end && bounds.isIncomplete())) {
      return new WorkerException(
          ErrorCode.MALFORMED_REQUEST, "The request is not made of whole gRPC messages");
    }
    note(streamId, bounds.isIncomplete(), wasIncomplete && !ended[0]);
    return null;
  }

  private void note(int streamId, boolean inside, boolean sameMessage) {
    if (inside && !sameMessage) {
      unfinished.remove(streamId);
      unfinished.put(streamId, System.nanoTime());
    } else if (!inside) {
      unfinished.remove(streamId);
    }
  }

  /// The handler side ends the call; if its status cannot leave, since the client does not read,
  /// the stream is reset.
  private void refuse(
      ChannelHandlerContext connection, int streamId, WireCall call, WorkerException failure) {
    unfinished.remove(streamId);
    call.refuse(failure);
    var _ =
        connection
            .executor()
            .schedule(
                () -> resetStream(connection, streamId),
                REFUSAL_TIMEOUT.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void resetStream(ChannelHandlerContext connection, int streamId) {
    if (http2.connection().stream(streamId) == null) {
      return;
    }
    try {
      super.onRstStreamRead(connection, streamId, Http2Error.ENHANCE_YOUR_CALM.code());
      var _ =
          http2.resetStream(
              connection, streamId, Http2Error.ENHANCE_YOUR_CALM.code(), connection.newPromise());
      var _ = connection.flush();
    } catch (Http2Exception tooMany) {
      http2.onError(connection, false, tooMany);
    }
  }

  /// Checks for late messages every second, while there are incomplete ones.
  private void scheduleCheck(ChannelHandlerContext connection) {
    if (checking || unfinished.isEmpty()) {
      return;
    }
    checking = true;
    var _ =
        connection
            .executor()
            .schedule(
                () -> {
                  checking = false;
                  refuseLateMessages(connection);
                  scheduleCheck(connection);
                },
                CHECK_INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void refuseLateMessages(ChannelHandlerContext connection) {
    long now = System.nanoTime();
    while (!unfinished.isEmpty()) {
      var oldest = unfinished.entrySet().iterator().next();
      if (now - oldest.getValue() < limits.messageTimeout().toNanos()) {
        return;
      }
      int streamId = oldest.getKey();
      unfinished.remove(streamId);
      Http2Stream stream = http2.connection().stream(streamId);
      Watched watched = watched(stream);
      if (watched == null || stream == null) {
        continue;
      }
      if (http2.decoder().flowController().unconsumedBytes(stream) > 0) {
        // The handler does not request it, so the client cannot send the rest.
        unfinished.put(streamId, now);
      } else {
        refuse(connection, streamId, watched.call(), late());
      }
    }
  }

  private WorkerException late() {
    return new WorkerException(
        ErrorCode.MALFORMED_REQUEST,
        "The message did not come whole within "
            + limits.messageTimeout().toMillis()
            + " ms (limits.message_timeout_ms)");
  }

  @Override
  public void onPriorityRead(
      ChannelHandlerContext connection,
      int streamId,
      int dependency,
      short weight,
      boolean exclusive)
      throws Http2Exception {
    idleFrames.count();
    super.onPriorityRead(connection, streamId, dependency, weight, exclusive);
  }

  @Override
  public void onUnknownFrame(
      ChannelHandlerContext connection, byte type, int streamId, Http2Flags flags, ByteBuf payload)
      throws Http2Exception {
    idleFrames.count();
    super.onUnknownFrame(connection, type, streamId, flags, payload);
  }

  @Override
  public void onWindowUpdateRead(ChannelHandlerContext connection, int streamId, int increment)
      throws Http2Exception {
    if (!sent.consume()) {
      idleFrames.count();
    }
    super.onWindowUpdateRead(connection, streamId, increment);
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext connection, long data) throws Http2Exception {
    idleFrames.count();
    super.onPingAckRead(connection, data);
  }

  @Override
  public void onSettingsAckRead(ChannelHandlerContext connection) throws Http2Exception {
    idleFrames.count();
    super.onSettingsAckRead(connection);
  }

  @Override
  public void onGoAwayRead(
      ChannelHandlerContext connection, int lastStreamId, long errorCode, ByteBuf debugData)
      throws Http2Exception {
    idleFrames.count();
    super.onGoAwayRead(connection, lastStreamId, errorCode, debugData);
  }

  private final class StreamCloseListener extends Http2ConnectionAdapter {
    @Override
    public void onStreamClosed(Http2Stream stream) {
      unfinished.remove(stream.id());
      Watched watched = watched(stream);
      if (watched != null) {
        if (!watched.call().onStreamClosed()) {
          calls.forget(watched.number());
        }
      }
    }
  }
}
