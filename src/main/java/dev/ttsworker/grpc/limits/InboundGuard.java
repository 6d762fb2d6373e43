package dev.ttsworker.grpc.limits;

import dev.ttsworker.metrics.RefusalMetrics;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import org.jspecify.annotations.Nullable;

/// Installer of the inbound limits around a connection's HTTP/2 handler.
///
/// @param calls registry in which handlers find their calls
/// @param headers of calls that are refused before gRPC sees them
record InboundGuard(
    MemoryBudget budget,
    PendingCalls starting,
    WireCalls calls,
    WireLimits limits,
    StatusHeaders headers,
    RefusalMetrics refusals) {

  /// Installs the limits.
  ///
  /// @param onSettingsReceived runs when the client's SETTINGS have arrived
  /// @return false when the pipeline has no HTTP/2 handler yet
  boolean install(ChannelPipeline pipeline, AddressKey address, Runnable onSettingsReceived) {
    Http2ConnectionHandler http2 = http2(pipeline);
    if (http2 == null) {
      return false;
    }
    MemoryBudget.Share share = budget.open(address);
    http2.connection().addListener(new GoAwayCounter(refusals));
    WindowUpdateCredit sent = new WindowUpdateCredit();
    RefusedStreams refused = new RefusedStreams(http2, headers, refusals);
    http2
        .decoder()
        .frameListener(
            new InboundMessages(
                http2,
                share,
                starting.open(address),
                refused,
                sent,
                calls,
                limits,
                onSettingsReceived));
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
