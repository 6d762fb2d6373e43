package dev.ttsworker.grpc.limits;

import dev.ttsworker.metrics.RefusalMetrics;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import org.jspecify.annotations.Nullable;

/// Puts the bounds of what comes around a connection's HTTP/2.
///
/// @param calls where handlers find what the wire knows of their calls
/// @param headers how calls are refused of which gRPC does not know
record WireGuard(
    MemoryBudget budget,
    StartingCalls starting,
    WireCalls calls,
    WireLimits limits,
    StatusHeaders headers,
    RefusalMetrics refusals) {

  /// Installs the bounds.
  ///
  /// @param greeted runs when the client's settings have come
  /// @return whether there is HTTP/2 on this connection yet
  boolean install(ChannelPipeline pipeline, AddressKey address, Runnable greeted) {
    Http2ConnectionHandler http2 = http2(pipeline);
    if (http2 == null) {
      return false;
    }
    MemoryBudget.Share share = budget.open(address);
    http2.connection().addListener(new GoAwayCount(refusals));
    SentFrames sent = new SentFrames();
    RefusedStreams refused = new RefusedStreams(http2, headers, refusals);
    http2
        .decoder()
        .frameListener(
            new InboundMessages(
                http2, share, starting.open(address), refused, sent, calls, limits, greeted));
    ChannelHandlerContext at = pipeline.context(http2);
    var _ = pipeline.addBefore(at.name(), null, sent);
    var _ =
        pipeline.addBefore(
            at.name(), null, new UnfinishedFrames(budget.open(address), limits, refusals));
    return true;
  }

  static @Nullable Http2ConnectionHandler http2(ChannelPipeline pipeline) {
    return pipeline.get(Http2ConnectionHandler.class);
  }
}
