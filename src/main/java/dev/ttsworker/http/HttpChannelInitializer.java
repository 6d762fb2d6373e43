package dev.ttsworker.http;

import dev.ttsworker.grpc.limits.ConnectionTable;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.time.Duration;
import java.util.concurrent.Executor;

/// Channel initializer: accepts connections within the limits, and builds their pipelines. For one
/// thread, that of all connections.
final class HttpChannelInitializer extends ChannelInitializer<Channel> {
  private static final int MAX_LINE_BYTES = 4_096;
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final int MAX_CHUNK_BYTES = 8 << 10;

  /// Far above any valid request, so that handlers can report what is allowed.
  private static final int MAX_BODY_BYTES = 512 << 10;

  static final int MAX_CONNECTIONS_PER_ADDRESS = 256;

  private final ConnectionTable<HttpConnection> open =
      new ConnectionTable<>(MAX_CONNECTIONS_PER_ADDRESS);
  private final Router router;
  private final Executor requests;
  private final Duration readerTimeout;
  private final RefusalMetrics refusals;

  /// @param requests runs each request on its own thread
  HttpChannelInitializer(
      Router router, Executor requests, Duration readerTimeout, RefusalMetrics refusals) {
    this.router = router;
    this.requests = requests;
    this.readerTimeout = readerTimeout;
    this.refusals = refusals;
  }

  @Override
  protected void initChannel(Channel channel) {
    HttpConnection connection = new HttpConnection(channel, refusals);
    ConnectionTable.Verdict<HttpConnection> verdict = open.enter(connection);
    verdict.evicted().ifPresent(HttpConnection::evict);
    if (!verdict.accepted()) {
      refusals.connection(
          verdict.perAddressLimit()
              ? Connection.HTTP_TOO_MANY_FROM_ADDRESS
              : Connection.HTTP_TOO_MANY_CONNECTIONS);
      var _ = channel.close();
      return;
    }
    var _ = channel.closeFuture().addListener(_ -> open.leave(connection));
    var _ =
        channel
            .pipeline()
            .addLast(connection)
            .addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, MAX_CHUNK_BYTES))
            .addLast(new HttpServerKeepAliveHandler())
            .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
            .addLast(new HttpRequestHandler(connection, router, requests, readerTimeout, refusals));
  }
}
