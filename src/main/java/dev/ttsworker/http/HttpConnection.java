package dev.ttsworker.http;

import dev.ttsworker.grpc.limits.AddressKey;
import dev.ttsworker.grpc.limits.ConnectionTable;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Timeouts of one HTTP connection: a request must be complete within [#REQUEST_TIMEOUT] of its
/// first byte or of the connection's start, a response must be sent within [#RESPONSE_TIMEOUT], and
/// the connection may then be idle for [#IDLE_TIMEOUT]. First handler of the pipeline; for the
/// connection's thread.
final class HttpConnection extends ChannelInboundHandlerAdapter implements ConnectionTable.Entry {
  static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

  /// Longest speech of the page in real time.
  static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(4);

  /// Longer than the usual scrape interval of Prometheus.
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(70);

  private final Channel channel;
  private final AddressKey address;
  private final RefusalMetrics refusals;
  private volatile boolean waitsForReader;
  private Phase phase = Phase.READING;
  private Optional<Future<?>> end = Optional.empty();

  HttpConnection(Channel channel, RefusalMetrics refusals) {
    this.channel = channel;
    address = AddressKey.of(channel.remoteAddress());
    this.refusals = refusals;
  }

  private enum Phase {
    READING,
    RESPONDING,
    IDLE
  }

  @Override
  public AddressKey address() {
    return address;
  }

  @Override
  public boolean isBusy() {
    return phase == Phase.RESPONDING;
  }

  @Override
  public boolean waitsForReader() {
    return waitsForReader;
  }

  /// Records whether the response waits for its reader; thread-safe.
  void setWaitingForReader(boolean waits) {
    waitsForReader = waits;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    enterPhase(Phase.READING, REQUEST_TIMEOUT);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (phase == Phase.IDLE) {
      enterPhase(Phase.READING, REQUEST_TIMEOUT);
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end.ifPresent(timer -> timer.cancel(false));
    context.fireChannelInactive();
  }

  /// A request is complete.
  void onRequest() {
    enterPhase(Phase.RESPONDING, RESPONSE_TIMEOUT);
  }

  /// Its response was sent.
  void onResponseSent() {
    enterPhase(Phase.IDLE, IDLE_TIMEOUT);
  }

  /// Closes it in favour of another one.
  void evict() {
    refusals.connection(Connection.HTTP_GAVE_WAY);
    var _ = channel.close();
  }

  private void enterPhase(Phase next, Duration most) {
    phase = next;
    end.ifPresent(timer -> timer.cancel(false));
    end =
        Optional.of(
            channel
                .eventLoop()
                .schedule(this::onPhaseTimeout, most.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void onPhaseTimeout() {
    if (phase != Phase.IDLE) {
      refusals.connection(
          phase == Phase.READING
              ? Connection.HTTP_REQUEST_TIMEOUT
              : Connection.HTTP_ANSWER_TIMEOUT);
    }
    var _ = channel.close();
  }
}
