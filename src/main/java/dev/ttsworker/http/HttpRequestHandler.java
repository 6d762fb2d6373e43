package dev.ttsworker.http;

import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Request handler: runs the requests of a connection one after the other, each on its own thread.
/// For the connection's thread.
final class HttpRequestHandler extends SimpleChannelInboundHandler<FullHttpRequest>
    implements NettyHttpExchange.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(HttpRequestHandler.class);
  private static final int MAX_HEADERS = 64;

  private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
  private final HttpConnection connection;
  private final Router router;
  private final Executor requests;
  private final Duration readerTimeout;
  private final RefusalMetrics refusals;

  /// @param readerTimeout of a client that reads nothing
  HttpRequestHandler(
      HttpConnection connection,
      Router router,
      Executor requests,
      Duration readerTimeout,
      RefusalMetrics refusals) {
    this.connection = connection;
    this.router = router;
    this.requests = requests;
    this.readerTimeout = readerTimeout;
    this.refusals = refusals;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    // Pipelined in one read; nothing more is read during a response.
    if (connection.isBusy()) {
      waiting.add(request.retain());
    } else {
      begin(context, request);
    }
  }

  private void begin(ChannelHandlerContext context, FullHttpRequest request) {
    connection.onRequest();
    if (request.decoderResult().isFailure()) {
      refuse(context, statusOf(request.decoderResult().cause()), "The request cannot be read");
      return;
    }
    HttpVersion version = request.protocolVersion();
    if (version.majorVersion() != 1) {
      refuse(
          context,
          HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
          "The request is of " + version + "; allowed: HTTP/1.0 and HTTP/1.1");
      return;
    }
    if (request.headers().size() > MAX_HEADERS) {
      refuse(
          context,
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
          "The request has " + request.headers().size() + " headers; allowed: " + MAX_HEADERS);
      return;
    }
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && version.minorVersion() > 0)) {
      refuse(
          context,
          HttpResponseStatus.BAD_REQUEST,
          "The request has " + hosts + " Host headers; allowed: one");
      return;
    }
    var _ = context.channel().config().setAutoRead(false);
    try {
      NettyHttpExchange answer =
          new NettyHttpExchange(context.channel(), request, readerTimeout, this);
      requests.execute(() -> answer(context, answer));
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      refuse(context, HttpResponseStatus.BAD_REQUEST, "The request's target cannot be read");
    } catch (RejectedExecutionException closing) {
      LOG.debug("A request came while the worker closes", closing);
      var _ = context.close();
    }
  }

  private static HttpResponseStatus statusOf(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
      case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
      default -> HttpResponseStatus.BAD_REQUEST;
    };
  }

  private void refuse(ChannelHandlerContext context, HttpResponseStatus status, String why) {
    refusals.connection(Connection.HTTP_MALFORMED_REQUEST);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            Unpooled.copiedBuffer(why + "\n", StandardCharsets.UTF_8));
    var _ =
        response
            .headers()
            .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
            .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
            .set(HttpHeaderNames.CONNECTION, "close");
    var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  /// Runs on the request's thread.
  private void answer(ChannelHandlerContext context, NettyHttpExchange answer) {
    try {
      router.handle(answer);
      if (!answer.isComplete()) {
        throw new IOException("The answer was not completed");
      }
      context.executor().execute(() -> next(context));
    } catch (IOException e) {
      LOG.debug("An answer over HTTP broke off", e);
      var _ = context.close();
    } catch (Throwable e) {
      LOG.error("A request over HTTP failed", e);
      var _ = context.close();
    }
  }

  private void next(ChannelHandlerContext context) {
    connection.onResponseSent();
    FullHttpRequest request = waiting.poll();
    if (request == null) {
      var _ = context.channel().config().setAutoRead(true);
      return;
    }
    begin(context, request);
    boolean _ = request.release();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    context.fireChannelInactive();
  }

  @Override
  public void onWaiting(boolean waits) {
    connection.setWaitingForReader(waits);
  }

  @Override
  public void onTimeout() {
    refusals.connection(Connection.HTTP_ANSWER_TIMEOUT);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("A connection over HTTP failed", cause);
    var _ = context.close();
  }
}
