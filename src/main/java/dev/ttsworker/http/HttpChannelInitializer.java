package dev.ttsworker.http;

import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.time.Duration;
import java.util.concurrent.Executor;

/// Lets connections in as far as there is room, and gives each what it needs to read requests. For
/// one thread, that of all connections.
final class HttpChannelInitializer extends ChannelInitializer<Channel> {
  private static final int LONGEST_LINE = 4_096;
  private static final int LONGEST_HEADERS = 16 << 10;
  private static final int LONGEST_CHUNK = 8 << 10;

  /// Far more than any request here may have, so that those who answer can say what is allowed.
  private static final int LONGEST_BODY = 64 << 10;

  private final OpenConnections<HttpConnection> open = new OpenConnections<>();
  private final Router router;
  private final Executor requests;
  private final Duration readerPatience;
  private final RefusalMetrics refusals;

  /// @param requests runs each request on a thread of its own
  HttpChannelInitializer(
      Router router, Executor requests, Duration readerPatience, RefusalMetrics refusals) {
    this.router = router;
    this.requests = requests;
    this.readerPatience = readerPatience;
    this.refusals = refusals;
  }

  @Override
  protected void initChannel(Channel channel) {
    HttpConnection connection = new HttpConnection(channel, refusals);
    OpenConnections.Verdict<HttpConnection> verdict = open.enter(connection);
    verdict.leaving().ifPresent(HttpConnection::giveWay);
    if (!verdict.taken()) {
      refusals.connection(
          verdict.ofAddress()
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
            .addLast(new HttpServerCodec(LONGEST_LINE, LONGEST_HEADERS, LONGEST_CHUNK))
            .addLast(new HttpServerKeepAliveHandler())
            .addLast(new HttpObjectAggregator(LONGEST_BODY))
            .addLast(new HttpRequests(connection, router, requests, readerPatience, refusals));
  }
}
