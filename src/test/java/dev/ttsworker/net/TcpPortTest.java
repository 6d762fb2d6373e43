package dev.ttsworker.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TcpPortTest {
  /// Greets each connection, so that a client knows that it was accepted.
  @Sharable
  private static final class Greeting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      var _ = context.writeAndFlush(context.alloc().buffer().writeByte('!'));
    }
  }

  private static TcpPort open(int port) {
    return TcpPort.open(
        new TcpPort.Address("127.0.0.1", port, "a.host, a.port"),
        4_096,
        WriteBufferWaterMark.DEFAULT,
        Thread.ofPlatform().daemon().factory(),
        new Greeting());
  }

  @Test
  void closingEndsEveryConnection() throws Exception {
    List<Socket> clients = new ArrayList<>();
    try (TcpPort port = open(0)) {
      for (int i = 0; i < 20; i++) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port.port());
        assertEquals('!', client.getInputStream().read());
        clients.add(client);
      }
    }
    for (Socket client : clients) {
      assertEquals(-1, client.getInputStream().read());
      client.close();
    }
  }

  @Test
  void portThatListensNoMoreKeepsItsConnections() throws Exception {
    try (TcpPort port = open(0);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
      int number = port.port();
      assertEquals('!', client.getInputStream().read());
      port.stopListening();
      // The system may take connections that nobody accepts until the thread comes by.
      while (accepts(number)) {
        Polling.pause();
      }
      client.getOutputStream().write(1);
      client.setSoTimeout(50);
      assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
    }
  }

  private static boolean accepts(int port) throws IOException {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  @Test
  void busyPortIsRefusedByItsKeys() {
    try (TcpPort port = open(0)) {
      WorkerException thrown = assertThrows(WorkerException.class, () -> open(port.port()).close());
      assertEquals(ErrorCode.INVALID_CONFIGURATION, thrown.code());
      assertTrue(
          thrown
              .getMessage()
              .startsWith("Cannot listen on 127.0.0.1:" + port.port() + " (a.host, a.port): "),
          thrown.getMessage());
    }
  }
}
