package dev.ttsworker.wyoming;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.limits.AddressKey;
import dev.ttsworker.grpc.limits.ConnectionTable;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.RefusalMetrics.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connection of one client: passes its events to the conversation and ends both together. An event
/// must be complete within a time of its first byte, and what is written must be read within
/// another. Last handler of the pipeline; for the connection's thread.
final class WyomingConnection extends ChannelInboundHandlerAdapter
    implements ConnectionTable.Entry {
  private static final Logger LOG = LoggerFactory.getLogger(WyomingConnection.class);

  private final Channel channel;
  private final AddressKey address;
  private final EventDecoder decoder;
  private final EventWriter writer;
  private final Conversation conversation;
  private final Future<?> running;
  private final WyomingLimits limits;
  private final RefusalMetrics refusals;
  private Optional<ScheduledFuture<?>> eventTimer = Optional.empty();
  private Optional<ScheduledFuture<?>> readerTimer = Optional.empty();

  /// @param decoder the handler before this one
  /// @param conversations runs each on a virtual thread
  WyomingConnection(
      Channel channel,
      EventDecoder decoder,
      Conversation.SpeechService service,
      ExecutorService conversations,
      WyomingLimits limits,
      RefusalMetrics refusals) {
    this.channel = channel;
    this.address = AddressKey.of(channel.remoteAddress());
    this.decoder = decoder;
    this.writer = new EventWriter(channel);
    this.conversation = new Conversation(service, writer);
    this.running = conversations.submit(conversation);
    this.limits = limits;
    this.refusals = refusals;
  }

  @Override
  public AddressKey address() {
    return address;
  }

  @Override
  public boolean isBusy() {
    return conversation.isBusy();
  }

  @Override
  public boolean waitsForReader() {
    return !channel.isWritable();
  }

  /// Closes it in favour of another one.
  void evict() {
    refusals.connection(Connection.WYOMING_GAVE_WAY);
    var _ = channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    cancel(eventTimer);
    eventTimer = Optional.empty();
    if (writer.hasFailed() || !(message instanceof WyomingEvent event)) {
      return;
    }
    if (conversation.offer(event) > limits.maxWaitingBytes()) {
      fail(
          new WorkerException(
              ErrorCode.BUDGET_EXCEEDED,
              "More events than "
                  + limits.maxWaitingBytes()
                  + " bytes wait for the end of a call or for its voice"));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (decoder.isUnfinished() && eventTimer.isEmpty()) {
      eventTimer = Optional.of(schedule(limits.eventTimeout(), Connection.WYOMING_EVENT_TIMEOUT));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    cancel(readerTimer);
    readerTimer = Optional.empty();
    if (channel.isWritable()) {
      conversation.onReady();
    } else {
      readerTimer =
          Optional.of(schedule(limits.readerTimeout(), Connection.WYOMING_READER_TIMEOUT));
    }
  }

  private ScheduledFuture<?> schedule(Duration patience, Connection reason) {
    return channel
        .eventLoop()
        .schedule(
            () -> {
              refusals.connection(reason);
              var _ = channel.close();
            },
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /// Nothing was read or written for [WyomingLimits#idleTimeout].
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      var _ = channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancel(eventTimer);
    cancel(readerTimer);
    boolean _ = running.cancel(true);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    if (failure instanceof DecoderException && failure.getCause() instanceof WorkerException e) {
      refusals.connection(Connection.WYOMING_MALFORMED_EVENT);
      fail(e);
      return;
    }
    LOG.debug("A connection of Wyoming broke off", failure);
    var _ = channel.close();
  }

  private void fail(WorkerException failure) {
    writer.fail(failure);
    boolean _ = running.cancel(true);
  }

  private static void cancel(Optional<ScheduledFuture<?>> timer) {
    timer.ifPresent(it -> it.cancel(false));
  }
}
