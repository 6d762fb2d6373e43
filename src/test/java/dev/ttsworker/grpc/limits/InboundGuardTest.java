package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.metrics.Exposition;
import dev.ttsworker.metrics.RefusalMetrics;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which frames of a connection reach gRPC, and which floods end it. Frames are hexadecimal.
@Tag("slow")
final class InboundGuardTest {
  private static final String SETTINGS = "000000040000000000";
  private static final String UPDATE = "00000408000000000000000001";
  private static final int MOST_FRAMES = FrameRateLimit.MAX;

  /// POST http /, without END_STREAM.
  private static final String HEADERS = "0000030104%08x838684";

  private final List<Integer> seen = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final PendingCalls starting = new PendingCalls();
  private final WireCalls calls = new WireCalls();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Http2ConnectionHandler http2 =
      new Http2ConnectionHandlerBuilder()
          .server(true)
          .initialSettings(new Http2Settings().maxConcurrentStreams(1_000))
          .frameListener(
              new Http2FrameAdapter() {
                @Override
                public void onHeadersRead(
                    ChannelHandlerContext connection,
                    int streamId,
                    Http2Headers headers,
                    int dependency,
                    short weight,
                    boolean exclusive,
                    int padding,
                    boolean end) {
                  seen.add(streamId);
                }
              })
          .build();

  @BeforeEach
  void sendPreface() {
    var _ = channel.pipeline().addLast(http2);
    InboundGuard guard =
        new InboundGuard(
            new MemoryBudget(0, 1 << 20),
            starting,
            calls,
            new WireLimits(1 << 20, Duration.ofSeconds(10)),
            new StatusHeaders(failure ->
                Status.RESOURCE_EXHAUSTED
                    .withDescription(failure.getMessage())
                    .asRuntimeException()),
            new RefusalMetrics(registry));
    assertTrue(guard.install(channel.pipeline(), new AddressKey("here"), () -> {}));
    receive(Unpooled.copiedBuffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", StandardCharsets.US_ASCII));
    receive(frames(SETTINGS, 1));
    var _ = sent();
  }

  @AfterEach
  void close() {
    var _ = channel.finishAndReleaseAll();
  }

  @Test
  void refusedStreamsEndWithAStatusAndDoNotReachGrpc() {
    int fit = MemoryBudget.FREE_BYTES / WireCall.CALL_BYTES;
    for (int i = 0; i < fit + 3; i++) {
      receive(frames(HEADERS.formatted(2 * i + 1), 1));
    }
    assertEquals(fit, seen.size());
    assertEquals(fit, starting.starting());
    assertEquals(fit, http2.connection().numActiveStreams());
    String answers = sent();
    assertTrue(answers.contains("limits.wire_memory_mb"), answers);
    assertTrue(answers.contains("application/grpc"), answers);
    assertTrue(channel.isOpen());
    assertEquals(3, Exposition.of(registry).sum("tts_refused_total", "reason", "budget_exceeded"));
  }

  /// gRPC never accepted it as a call, so that no handler ends it.
  @Test
  void resetStreamLeavesNothing() {
    receive(frames(HEADERS.formatted(1), 1));
    assertEquals(1, calls.unclaimed());
    receive(frames("0000040300" + "00000001" + "00000008", 1));
    assertEquals(0, calls.unclaimed());
    assertEquals(0, starting.starting());
  }

  @Test
  void clientCannotEnlargeTheHeaderTable() {
    receive(frames("000006040000000000" + "0001" + "7fffffff", 1));
    assertEquals(
        4_096, http2.encoder().configuration().headersConfiguration().maxHeaderTableSize());
  }

  @Test
  void clientThatDoesNotReadItsRefusalsIsDisconnected() {
    var _ = channel.pipeline().addFirst(new Stuck());
    for (int i = 0; i < RefusedStreams.MAX_UNSENT + 50; i++) {
      receive(frames(HEADERS.formatted(2 * i + 1), 1));
    }
    String answers = sent();
    assertTrue(answers.contains("too_many_unread_refusals"), answers);
  }

  @Test
  void clientThatContinuesAfterManyRefusalsIsDisconnected() {
    for (int i = 0; i < MOST_FRAMES + 5; i++) {
      receive(frames(HEADERS.formatted(2 * i + 1), 1));
    }
    assertTrue(sent().contains("too_many_idle_frames"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UPDATE,
        SETTINGS,
        "000000040100000000", // SETTINGS with ACK
        "0000080601000000000000000000000000", // PING with ACK
        "0000080700000000007fffffff00000000", // GOAWAY
        "0000050200000000010000000301", // PRIORITY
        "000000600000000000" // unknown
      })
  void framesWithoutPayloadAreAFlood(String frame) {
    receive(frames(frame, MOST_FRAMES - 1));
    assertFalse(sent().contains("too_many"));
    // The frames sent at the beginning give credit for a few updates.
    receive(frames(frame, 100));
    assertTrue(sent().contains("too_many_idle_frames"));
  }

  /// Two for each audio frame of 20 ms, in the smallest encoding, on 1,000 streams for 20 s.
  @Test
  void windowUpdatesForSentDataAreNoFlood() {
    for (int i = 0; i < 1_000; i++) {
      for (int frame = 0; frame < 50; frame++) {
        var _ = channel.pipeline().context(http2).write(Unpooled.wrappedBuffer(new byte[40]));
      }
      channel.flush();
      receive(frames(UPDATE, 100));
      var _ = channel.releaseOutbound();
    }
    assertTrue(channel.isOpen());
    receive(frames(UPDATE, 10));
    assertFalse(sent().contains("too_many"));
  }

  private static ByteBuf frames(String frame, int count) {
    byte[] one = HexFormat.of().parseHex(frame);
    ByteBuf all = Unpooled.buffer(one.length * count);
    for (int i = 0; i < count; i++) {
      var _ = all.writeBytes(one);
    }
    return all;
  }

  private void receive(ByteBuf bytes) {
    if (channel.isOpen()) {
      var _ = channel.writeInbound(bytes);
    } else {
      var _ = bytes.release();
    }
  }

  /// What has been written since the last call, byte by byte.
  private String sent() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      var _ = all.append(bytes.toString(StandardCharsets.ISO_8859_1));
      var _ = bytes.release();
    }
    return all.toString();
  }

  /// A socket whose buffer is full: writes do not complete, but can be inspected here.
  private static final class Stuck extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext connection, Object bytes, ChannelPromise promise) {
      var _ = connection.write(bytes);
    }
  }
}
