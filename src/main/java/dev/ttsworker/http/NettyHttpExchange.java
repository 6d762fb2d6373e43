package dev.ttsworker.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Adapter from Netty to the JDK's `HttpExchange`. For one thread, which blocks until its writes
/// have left: a connection whose reader takes nothing for too long is closed.
final class NettyHttpExchange extends HttpExchange {
  private static final int LENGTH_UNKNOWN = 0;
  private static final int NOTHING_SENT = -1;

  private final Channel channel;
  private final URI target;
  private final HttpMethod method;
  private final String protocol;
  private final Duration timeout;
  private final Reader reader;
  private final Headers requestHeaders = new Headers();
  private final Headers responseHeaders = new Headers();
  private final InputStream body;
  private final Body content = new Body();
  private int status = NOTHING_SENT;
  private boolean complete;

  /// @param timeout of one write
  /// @param reader is notified of waits and timeouts
  /// @throws URISyntaxException for a target that is no URI or has no path
  /// @throws IllegalArgumentException for invalid headers
  NettyHttpExchange(Channel channel, FullHttpRequest request, Duration timeout, Reader reader)
      throws URISyntaxException {
    this.channel = channel;
    this.timeout = timeout;
    this.reader = reader;
    target = target(request.uri());
    method = request.method();
    protocol = request.protocolVersion().text();
    request.headers().forEach(header -> requestHeaders.add(header.getKey(), header.getValue()));
    body = new ByteArrayInputStream(ByteBufUtil.getBytes(request.content()));
  }

  /// Other targets, such as `mailto:x` and the `host:443` of CONNECT, are for proxies.
  private static URI target(String text) throws URISyntaxException {
    URI target = new URI(text);
    if (target.isOpaque()) {
      throw new URISyntaxException(text, "has no path");
    }
    return target;
  }

  /// Whether the whole response has been written.
  boolean isComplete() {
    return complete;
  }

  @Override
  public Headers getRequestHeaders() {
    return requestHeaders;
  }

  @Override
  public Headers getResponseHeaders() {
    return responseHeaders;
  }

  @Override
  public URI getRequestURI() {
    return target;
  }

  @Override
  public String getRequestMethod() {
    return method.name();
  }

  @Override
  public InputStream getRequestBody() {
    return body;
  }

  @Override
  public OutputStream getResponseBody() {
    return content;
  }

  /// @param length bytes of the body, 0 when unknown, -1 for none
  @Override
  public void sendResponseHeaders(int code, long length) throws IOException {
    if (status != NOTHING_SENT) {
      throw new IOException("The answer has its headers already");
    }
    status = code;
    if (length < 0 || method.equals(HttpMethod.HEAD)) {
      HttpResponse whole =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), Unpooled.EMPTY_BUFFER);
      copyHeaders(whole);
      if (!whole.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
        var _ = whole.headers().set(HttpHeaderNames.CONTENT_LENGTH, Math.max(0, length));
      }
      complete = true;
      send(whole);
      return;
    }
    HttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code));
    copyHeaders(head);
    if (length != LENGTH_UNKNOWN) {
      var _ = head.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    } else if (!protocol.equals(HttpVersion.HTTP_1_0.text())) {
      // HTTP/1.0 clients read until the connection closes.
      var _ = head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    send(head);
  }

  private void copyHeaders(HttpResponse response) {
    responseHeaders.forEach((name, values) -> response.headers().set(name, values));
  }

  /// Listener for the client's reading.
  interface Reader {
    void onWaiting(boolean waits);

    /// The client reads nothing; its connection is closed.
    void onTimeout();
  }

  /// Blocks until the message has left.
  private void send(Object message) throws IOException {
    ChannelFuture sent = channel.writeAndFlush(message);
    boolean done;
    reader.onWaiting(true);
    try {
      done = sent.await(timeout.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The worker closes", e);
    } finally {
      reader.onWaiting(false);
    }
    if (!done) {
      reader.onTimeout();
      var _ = channel.close();
      throw new IOException("The reader took nothing for " + timeout.toSeconds() + " s");
    }
    if (!sent.isSuccess()) {
      throw new IOException("The reader has disconnected", sent.cause());
    }
  }

  /// Response body without buffer.
  private final class Body extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value});
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length > 0 && !complete) {
        send(new DefaultHttpContent(Unpooled.copiedBuffer(bytes, from, length)));
      }
    }

    @Override
    public void close() throws IOException {
      if (!complete && status != NOTHING_SENT) {
        complete = true;
        send(new DefaultLastHttpContent());
      }
    }
  }

  @Override
  public void close() {}

  @Override
  public InetSocketAddress getRemoteAddress() {
    return (InetSocketAddress) channel.remoteAddress();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public int getResponseCode() {
    return status;
  }

  @Override
  public String getProtocol() {
    return protocol;
  }

  @Override
  public HttpContext getHttpContext() {
    throw new UnsupportedOperationException("There are no contexts here");
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return null;
  }

  @Override
  public void setAttribute(String name, Object value) {
    throw new UnsupportedOperationException("There are no attributes here");
  }

  @Override
  public void setStreams(InputStream in, OutputStream out) {
    throw new UnsupportedOperationException("The streams stay");
  }

  @Override
  public @Nullable HttpPrincipal getPrincipal() {
    return null;
  }
}
