package dev.ttsworker.wyoming;

import dev.ttsworker.config.ClientSettings;
import dev.ttsworker.grpc.limits.ConnectionTable;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import dev.ttsworker.net.TcpPort;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.voices.Models;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/// Port of the Wyoming protocol, by which Home Assistant speaks. It has neither authentication nor
/// encryption.
public final class WyomingPort implements AutoCloseable {
  /// About a third of a second of audio each.
  private static final int SEND_BYTES = 16 << 10;

  private static final WriteBufferWaterMark BUFFER = new WriteBufferWaterMark(1, SEND_BYTES);

  private final TcpPort port;
  private final ExecutorService conversations;

  private WyomingPort(TcpPort port, ExecutorService conversations) {
    this.port = port;
    this.conversations = conversations;
  }

  /// Opens the port.
  ///
  /// @param longestText characters of one event
  /// @param version of this worker
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION`, "Address already in use"
  ///   when the port is busy
  public static WyomingPort open(
      ClientSettings clients,
      int longestText,
      String version,
      SessionManager sessions,
      Models models,
      RefusalMetrics refusals,
      WyomingThreads threads) {
    Conversation.SpeechService service =
        new Conversation.SpeechService(
            sessions,
            new CallSettings(models, clients, longestText),
            new ServiceInfo(models, version),
            threads.speakers());
    return listen(
        clients.wyomingHost(),
        clients.wyomingPort(),
        service,
        WyomingLimits.of(longestText),
        refusals,
        threads);
  }

  /// Opens a port with limits of its own.
  ///
  /// @param port 0 for any free one
  static WyomingPort listen(
      String host,
      int port,
      Conversation.SpeechService service,
      WyomingLimits limits,
      RefusalMetrics refusals,
      WyomingThreads threads) {
    ExecutorService conversations = threads.conversations();
    TcpPort opened =
        TcpPort.open(
            new TcpPort.Address(host, port, "clients.wyoming_host, clients.wyoming_port"),
            SEND_BYTES,
            BUFFER,
            threads.wire(),
            new Initializer(service, limits, refusals, conversations));
    return new WyomingPort(opened, conversations);
  }

  /// Accepts connections within the limits; for one thread, that of all connections.
  private static final class Initializer extends ChannelInitializer<Channel> {
    private final ConnectionTable<WyomingConnection> open;
    private final Conversation.SpeechService service;
    private final WyomingLimits limits;
    private final RefusalMetrics refusals;
    private final ExecutorService conversations;

    Initializer(
        Conversation.SpeechService service,
        WyomingLimits limits,
        RefusalMetrics refusals,
        ExecutorService conversations) {
      this.open = new ConnectionTable<>(limits.maxConnectionsPerAddress());
      this.service = service;
      this.limits = limits;
      this.refusals = refusals;
      this.conversations = conversations;
    }

    @Override
    protected void initChannel(Channel channel) {
      EventDecoder decoder = new EventDecoder(limits.maxEventBytes());
      WyomingConnection connection =
          new WyomingConnection(channel, decoder, service, conversations, limits, refusals);
      ConnectionTable.Verdict<WyomingConnection> verdict = open.enter(connection);
      verdict.evicted().ifPresent(WyomingConnection::evict);
      long idleMillis = limits.idleTimeout().toMillis();
      var _ =
          channel
              .pipeline()
              .addLast(new IdleStateHandler(0, 0, idleMillis, TimeUnit.MILLISECONDS))
              .addLast(decoder)
              .addLast(connection);
      if (!verdict.accepted()) {
        refusals.connection(
            verdict.perAddressLimit()
                ? Connection.WYOMING_TOO_MANY_FROM_ADDRESS
                : Connection.WYOMING_TOO_MANY_CONNECTIONS);
        var _ = channel.close();
        return;
      }
      var _ = channel.closeFuture().addListener(_ -> open.leave(connection));
    }
  }

  public int port() {
    return port.port();
  }

  /// Closes the port and every connection; their calls end.
  @Override
  public void close() {
    port.stopListening();
    var _ = conversations.shutdownNow();
    port.close();
  }
}
