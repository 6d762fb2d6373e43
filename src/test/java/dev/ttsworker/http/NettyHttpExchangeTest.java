package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class NettyHttpExchangeTest {
  /// A socket whose buffer is full.
  private static final class Full extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {}
  }

  private final AtomicInteger cut = new AtomicInteger();
  private final List<Boolean> waited = new ArrayList<>();
  private final NettyHttpExchange.Reader reader =
      new NettyHttpExchange.Reader() {
        @Override
        public void onWaiting(boolean waits) {
          waited.add(waits);
        }

        @Override
        public void onTimeout() {
          cut.incrementAndGet();
        }
      };
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());

  @AfterEach
  void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private LocalChannel connect() throws InterruptedException {
    LocalChannel channel = new LocalChannel();
    var _ = loop.register(channel).sync();
    return channel;
  }

  private NettyHttpExchange answer(LocalChannel channel, Duration patience)
      throws URISyntaxException {
    return new NettyHttpExchange(
        channel,
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"),
        patience,
        reader);
  }

  @Test
  void disconnectedReaderIsNoTimeout() throws Exception {
    LocalChannel channel = connect();
    var _ = channel.close().sync();
    NettyHttpExchange answer = answer(channel, Duration.ofMinutes(1));
    IOException failure =
        assertThrows(IOException.class, () -> Responses.text(answer, 200, "nobody reads this"));
    assertEquals("The reader has disconnected", failure.getMessage());
    assertEquals(0, cut.get());
  }

  @Test
  void readerThatTakesNothingIsDisconnected() throws Exception {
    LocalChannel channel = connect();
    var _ = channel.pipeline().addLast(new Full());
    NettyHttpExchange answer = answer(channel, Duration.ofMillis(1));
    IOException failure =
        assertThrows(IOException.class, () -> Responses.text(answer, 200, "nobody reads this"));
    assertEquals("The reader took nothing for 0 s", failure.getMessage());
    assertEquals(1, cut.get());
    assertEquals(List.of(true, false), waited);
    assertTrue(channel.closeFuture().await(10_000));
  }
}
