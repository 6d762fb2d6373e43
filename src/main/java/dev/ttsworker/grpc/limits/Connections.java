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

/// Event loops of the server, and the limits of every connection.
public final class Connections implements AutoCloseable {
  private static final int MIN_PING_INTERVAL_SECONDS = 5;

  /// A client that loses its network is detected within this plus the ping timeout.
  private static final int PING_SECONDS = 30;

  private static final int PING_TIMEOUT_SECONDS = 10;
  private static final int CLOSING_MS = 500;

  /// One acceptor thread; Netty's default number of I/O threads.
  private static final int ACCEPTOR_THREADS = 1;

  private static final int NETTY_DEFAULT_THREADS = 0;

  /// Flow-control window of a call and of a connection. Requests are short.
  private static final int WINDOW_BYTES = 65_535;

  private final ConnectionSettings settings;
  private final RefusalMetrics refusals;
  private final WireCalls calls = new WireCalls();
  private final InboundGuard guard;
  private final EventLoopGroup accepting;
  private final EventLoopGroup reading;

  /// @param maxMessageBytes maximum size of one message
  /// @param statuses makes the status of a refused call
  public Connections(
      ConnectionSettings settings,
      int maxMessageBytes,
      Function<WorkerException, StatusRuntimeException> statuses,
      RefusalMetrics refusals,
      ThreadFactory threads) {
    this.settings = settings;
    this.refusals = refusals;
    guard =
        new InboundGuard(
            new MemoryBudget(settings.wireMemoryBytes(), settings.wireMemoryBytesOfOne()),
            new PendingCalls(),
            calls,
            new WireLimits(maxMessageBytes, settings.messageTimeout()),
            new StatusHeaders(statuses),
            refusals);
    accepting =
        new MultiThreadIoEventLoopGroup(ACCEPTOR_THREADS, threads, NioIoHandler.newFactory());
    reading =
        new MultiThreadIoEventLoopGroup(NETTY_DEFAULT_THREADS, threads, NioIoHandler.newFactory());
  }

  /// Configures a server for these event loops and limits; the server must be closed before this.
  public void configure(NettyServerBuilder server) {
    server
        .channelFactory(this::listeningChannel)
        .bossEventLoopGroup(accepting)
        .workerEventLoopGroup(reading)
        .addStreamTracerFactory(new CallStartTracer(calls))
        .maxConcurrentCallsPerConnection(settings.maxCalls())
        .flowControlWindow(WINDOW_BYTES)
        .maxRstFramesPerWindow(
            settings.maxResets(), Math.toIntExact(settings.resetWindow().toSeconds()))
        .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(PING_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(MIN_PING_INTERVAL_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
    if (!settings.maxIdle().isZero()) {
      server.maxConnectionIdle(settings.maxIdle().toMillis(), TimeUnit.MILLISECONDS);
    }
    if (!settings.maxAge().isZero()) {
      server
          .maxConnectionAge(settings.maxAge().toMillis(), TimeUnit.MILLISECONDS)
          .maxConnectionAgeGrace(settings.ageGrace().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Registry in which a call's handler finds its [WireCall].
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

  /// Shuts the event loops down, within a second.
  @Override
  public void close() {
    var _ = accepting.shutdownGracefully(0, CLOSING_MS, TimeUnit.MILLISECONDS);
    var _ =
        reading
            .shutdownGracefully(0, CLOSING_MS, TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(2L * CLOSING_MS);
  }
}
