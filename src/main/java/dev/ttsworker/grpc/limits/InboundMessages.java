package dev.ttsworker.grpc.limits;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.limits.MessageBounds.Fault;
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

/// Stands between HTTP/2 and gRPC, which keeps whatever comes of a message until it is whole, and
/// gives its bytes back to flow control meanwhile. Bounds what is kept, and for how long; a call
/// that asks for more is refused with a status. For the connection's thread.
final class InboundMessages extends Http2FrameListenerDecorator {
  /// What a piece of a message costs beside its bytes.
  static final int PIECE_BYTES = 128;

  /// The transport's own table of headers that were sent; clients may ask for any size.
  private static final long HEADER_TABLE_BYTES = 4_096;

  private static final AsciiString ENCODING = AsciiString.cached("grpc-encoding");
  private static final AsciiString IDENTITY = AsciiString.cached("identity");
  private static final Duration LOOK = Duration.ofSeconds(1);

  /// How long a refused call may take to leave before it is cut.
  private static final Duration REFUSAL = Duration.ofSeconds(1);

  private final Http2ConnectionHandler http2;
  private final Http2Connection.PropertyKey key;
  private final MemoryBudget.Share share;
  private final StartingCalls.Share starts;
  private final RefusedStreams refused;
  private final SentFrames sent;
  private final WireCalls calls;
  private final WireLimits limits;
  private final FrameCount idleFrames = new FrameCount(System::nanoTime);
  private final Runnable greeted;

  /// Streams with an unfinished message, the oldest first, and since when.
  private final Map<Integer, Long> unfinished = new LinkedHashMap<>();

  private boolean looking;

  /// @param greeted runs when the client's settings have come
  InboundMessages(
      Http2ConnectionHandler http2,
      MemoryBudget.Share share,
      StartingCalls.Share starts,
      RefusedStreams refused,
      SentFrames sent,
      WireCalls calls,
      WireLimits limits,
      Runnable greeted) {
    super(http2.decoder().frameListener());
    this.http2 = http2;
    this.share = share;
    this.starts = starts;
    this.refused = refused;
    this.sent = sent;
    this.calls = calls;
    this.limits = limits;
    this.greeted = greeted;
    key = http2.connection().newKey();
    http2.connection().addListener(new StreamEnds());
  }

  private record Watched(WireCall call, String number, MessageBounds bounds) {}

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
    greeted.run();
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
      // Headers behind the messages say nothing in gRPC, which would take them for one more call.
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
            key, new Watched(call, number, new MessageBounds(compressed, limits.longestMessage())));
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
    look(connection);
    // gRPC keeps the piece itself, and with it the whole of what was read at once.
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
    MessageBounds bounds = watched.bounds();
    if (!watched.call().receive(data.readableBytes() + PIECE_BYTES)) {
      return RefusedStreams.full();
    }
    boolean wasInside = bounds.isInside();
    boolean[] ended = new boolean[1];
    Fault fault =
        bounds.read(
            data,
            rest -> {
              ended[0] = true;
              watched.call().messageEnds(rest);
            });
    if (fault == Fault.TOO_LARGE) {
      return new WorkerException(
          ErrorCode.MESSAGE_TOO_LARGE,
          "The message has " + bounds.bytes() + " bytes; allowed: " + limits.longestMessage());
    }
    if (fault == Fault.MALFORMED || (end && bounds.isInside())) {
      return new WorkerException(
          ErrorCode.MALFORMED_REQUEST, "The request is not made of whole gRPC messages");
    }
    note(streamId, bounds.isInside(), wasInside && !ended[0]);
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

  /// The handler's side ends the call; one that cannot leave, since its client reads nothing, is
  /// cut.
  private void refuse(
      ChannelHandlerContext connection, int streamId, WireCall call, WorkerException failure) {
    unfinished.remove(streamId);
    call.refuse(failure);
    var _ =
        connection
            .executor()
            .schedule(() -> cut(connection, streamId), REFUSAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void cut(ChannelHandlerContext connection, int streamId) {
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

  /// Looks every second whether messages take too long, for as long as there are any.
  private void look(ChannelHandlerContext connection) {
    if (looking || unfinished.isEmpty()) {
      return;
    }
    looking = true;
    var _ =
        connection
            .executor()
            .schedule(
                () -> {
                  looking = false;
                  endSlowMessages(connection);
                  look(connection);
                },
                LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void endSlowMessages(ChannelHandlerContext connection) {
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
        // The handler does not ask for it: then the client cannot send the rest.
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
    if (!sent.takeUpdate()) {
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

  private final class StreamEnds extends Http2ConnectionAdapter {
    @Override
    public void onStreamClosed(Http2Stream stream) {
      unfinished.remove(stream.id());
      Watched watched = watched(stream);
      if (watched != null) {
        if (!watched.call().streamGone()) {
          calls.gone(watched.number());
        }
      }
    }
  }
}
