package dev.ttsworker.http;

import dev.ttsworker.grpc.limits.AddressKey;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What one connection may take its time for: a request, from its first byte or from the
/// connection's begin, comes whole within [#REQUEST], an answer leaves within [#ANSWER], and after
/// one the connection rests at most [#REST]. Sits where bytes come in; for the connection's thread.
final class HttpConnection extends ChannelInboundHandlerAdapter implements OpenConnections.Guest {
  static final Duration REQUEST = Duration.ofSeconds(2);

  /// The longest speech of the page at the pace of play-out.
  static final Duration ANSWER = Duration.ofMinutes(4);

  /// Longer than Prometheus usually waits between two scrapes.
  static final Duration REST = Duration.ofSeconds(70);

  private final Channel channel;
  private final AddressKey address;
  private final RefusalMetrics refusals;
  private volatile boolean waitsForReader;
  private Phase phase = Phase.ASKING;
  private Optional<Future<?>> end = Optional.empty();

  HttpConnection(Channel channel, RefusalMetrics refusals) {
    this.channel = channel;
    address = AddressKey.of(channel.remoteAddress());
    this.refusals = refusals;
  }

  private enum Phase {
    ASKING,
    ANSWERING,
    RESTING
  }

  @Override
  public AddressKey address() {
    return address;
  }

  @Override
  public boolean isAnswering() {
    return phase == Phase.ANSWERING;
  }

  @Override
  public boolean waitsForReader() {
    return waitsForReader;
  }

  /// Tells whether the answer waits for its reader; on any thread.
  void waitForReader(boolean waits) {
    waitsForReader = waits;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    become(Phase.ASKING, REQUEST);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (phase == Phase.RESTING) {
      become(Phase.ASKING, REQUEST);
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end.ifPresent(timer -> timer.cancel(false));
    context.fireChannelInactive();
  }

  /// A request has come whole.
  void asked() {
    become(Phase.ANSWERING, ANSWER);
  }

  /// Its answer has left.
  void answered() {
    become(Phase.RESTING, REST);
  }

  /// Closes it for another one.
  void giveWay() {
    refusals.connection(Connection.HTTP_GAVE_WAY);
    var _ = channel.close();
  }

  private void become(Phase next, Duration most) {
    phase = next;
    end.ifPresent(timer -> timer.cancel(false));
    end =
        Optional.of(
            channel.eventLoop().schedule(this::late, most.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void late() {
    if (phase != Phase.RESTING) {
      refusals.connection(
          phase == Phase.ASKING ? Connection.HTTP_REQUEST_TIMEOUT : Connection.HTTP_ANSWER_TIMEOUT);
    }
    var _ = channel.close();
  }
}
