package dev.ttsworker.grpc.limits;

import dev.ttsworker.config.ConnectionSettings;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.RefusalMetrics;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The threads of the wire, and the bounds of every connection on it.
public final class Connections implements AutoCloseable {
  private static final int MOST_FREQUENT_PING_SECONDS = 5;

  /// A client whose network is gone without a word is noticed within half a minute and ten seconds.
  private static final int PING_SECONDS = 30;

  private static final int PING_ANSWER_SECONDS = 10;
  private static final int CLOSING_MS = 500;

  /// One that accepts, and as many that read and write as Netty finds right.
  private static final int ACCEPTING = 1;

  private static final int AS_NETTY_LIKES = 0;

  /// What a call's client may send before it is read, and a connection's. Requests are short.
  private static final int WINDOW_BYTES = 65_535;

  private final ConnectionSettings settings;
  private final RefusalMetrics refusals;
  private final WireCalls calls = new WireCalls();
  private final WireGuard guard;
  private final EventLoopGroup accepting;
  private final EventLoopGroup reading;

  /// @param longestMessage bytes of one message
  /// @param statuses makes the status with which a call is refused
  public Connections(
      ConnectionSettings settings,
      int longestMessage,
      Function<WorkerException, StatusRuntimeException> statuses,
      RefusalMetrics refusals,
      ThreadFactory threads) {
    this.settings = settings;
    this.refusals = refusals;
    guard =
        new WireGuard(
            new MemoryBudget(settings.wireMemoryBytes(), settings.wireMemoryBytesOfOne()),
            new StartingCalls(),
            calls,
            new WireLimits(longestMessage, settings.messageTimeout()),
            new StatusHeaders(statuses),
            refusals);
    accepting = new MultiThreadIoEventLoopGroup(ACCEPTING, threads, NioIoHandler.newFactory());
    reading = new MultiThreadIoEventLoopGroup(AS_NETTY_LIKES, threads, NioIoHandler.newFactory());
  }

  /// Has a server take its connections from here; it must be closed before this.
  public void bound(NettyServerBuilder server) {
    server
        .channelFactory(this::listeningChannel)
        .bossEventLoopGroup(accepting)
        .workerEventLoopGroup(reading)
        .addStreamTracerFactory(new CallBegins(calls))
        .maxConcurrentCallsPerConnection(settings.maxCalls())
        .flowControlWindow(WINDOW_BYTES)
        .maxRstFramesPerWindow(
            settings.maxResets(), Math.toIntExact(settings.resetWindow().toSeconds()))
        .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(PING_ANSWER_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(MOST_FREQUENT_PING_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
    if (!settings.maxIdle().isZero()) {
      server.maxConnectionIdle(settings.maxIdle().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Where a call's handler finds what the wire knows of it.
  public WireCalls calls() {
    return calls;
  }

  private ServerChannel listeningChannel() {
    NioServerSocketChannel channel = new NioServerSocketChannel();
    ConnectionCounts counts =
        new ConnectionCounts(settings.maxConnections(), settings.maxConnectionsOfAddress());
    var _ = channel.pipeline().addLast(new ConnectionLimit(counts, guard, refusals));
    return channel;
  }

  /// Ends the threads within a moment.
  @Override
  public void close() {
    var _ = accepting.shutdownGracefully(0, CLOSING_MS, TimeUnit.MILLISECONDS);
    var _ =
        reading
            .shutdownGracefully(0, CLOSING_MS, TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(2L * CLOSING_MS);
  }
}
