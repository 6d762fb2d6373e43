package dev.ttsworker;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A connection that can be cut: bytes go between one client and the worker until [#cut] resets
/// both ends, as when a client's machine loses power.
final class Cable implements AutoCloseable {
  private final ServerSocket clientSide;
  private final Socket workerSide;
  final ManagedChannel channel;
  private Socket accepted = new Socket();

  Cable(int port) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    clientSide = new ServerSocket(0, 1, here);
    workerSide = new Socket(here, port);
    Thread.ofPlatform().daemon().name("cable").start(this::carry);
    channel =
        Grpc.newChannelBuilder(
                "localhost:" + clientSide.getLocalPort(), InsecureChannelCredentials.create())
            .directExecutor()
            .build();
  }

  private void carry() {
    try {
      Socket client = clientSide.accept();
      synchronized (this) {
        accepted = client;
      }
      Thread.ofPlatform().daemon().name("cable").start(() -> copy(workerSide, client));
      copy(client, workerSide);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Socket from, Socket to) {
    byte[] buffer = new byte[16_384];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException cut) {
      // The other thread or the test has closed it: nothing more to carry.
    }
  }

  /// Resets the connection without a word of HTTP/2.
  synchronized void cut() throws IOException {
    for (Socket end : new Socket[] {workerSide, accepted}) {
      if (!end.isClosed()) {
        end.setSoLinger(true, 0);
        end.close();
      }
    }
    clientSide.close();
  }

  @Override
  public void close() throws IOException {
    channel.shutdownNow();
    cut();
  }
}
