package dev.ttsworker.net;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// TCP port whose connections share one thread. It knows its connections, so none is left open when
/// it closes. Thread-safe.
public final class TcpPort implements AutoCloseable {
  private static final int SHUTDOWN_SECONDS = 2;

  private final Channel listening;
  private final EventLoopGroup loop;
  private final ChannelGroup connections;

  private TcpPort(Channel listening, EventLoopGroup loop, ChannelGroup connections) {
    this.listening = listening;
    this.loop = loop;
    this.connections = connections;
  }

  /// Where a port listens.
  ///
  /// @param port 0 for any free one
  /// @param keys of the configuration, for the message
  public record Address(String host, int port, String keys) {}

  /// Opens a port.
  ///
  /// @param sendBytes of each connection that the system may buffer: otherwise it keeps whole
  ///   answers for clients that read nothing
  /// @param buffer bytes above which a connection counts as not writable
  /// @param wire makes its one platform thread
  /// @param initializer of each connection, shared by them
  /// @throws WorkerException `INVALID_CONFIGURATION`, "Address already in use" when the port is
  ///   busy
  public static TcpPort open(
      Address address,
      int sendBytes,
      WriteBufferWaterMark buffer,
      ThreadFactory wire,
      ChannelHandler initializer) {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, wire, NioIoHandler.newFactory());
    // What is accepted while it closes is closed too.
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            // Otherwise Nagle's algorithm delays the first audio.
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_SNDBUF, sendBytes)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, buffer)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    var _ = channel.pipeline().addLast(initializer);
                  }
                })
            .bind(new InetSocketAddress(address.host(), address.port()))
            .awaitUninterruptibly();
    TcpPort opened = new TcpPort(bound.channel(), loop, connections);
    if (!bound.isSuccess()) {
      opened.close();
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "Cannot listen on %s:%d (%s): %s"
              .formatted(address.host(), address.port(), address.keys(), reason(bound.cause())),
          bound.cause());
    }
    return opened;
  }

  private static String reason(Throwable failure) {
    return failure instanceof UnresolvedAddressException
        ? "Unresolved address"
        : String.valueOf(failure.getMessage());
  }

  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /// Accepts no more connections.
  public void stopListening() {
    var _ = listening.close().awaitUninterruptibly();
  }

  /// Closes the port and every connection, each after what it has begun to write.
  @Override
  public void close() {
    stopListening();
    var _ = connections.close().awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    var _ =
        loop.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
            .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
