package dev.ttsworker.bench.client;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Answers each line it reads with the next of the prepared answers; tells what happened as
/// `CONNECTION line` and `CONNECTION gone`.
final class FakeWyoming implements Closeable {
  /// An answer after which the server hangs up.
  static final String HANG_UP = "HANG UP";

  private final ServerSocket server;
  private final Thread accepting;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();

  FakeWyoming() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accepting = Thread.ofVirtual().start(this::accept);
  }

  String host() {
    return server.getInetAddress().getHostAddress();
  }

  int port() {
    return server.getLocalPort();
  }

  /// Each character of `answer` is one byte on the wire.
  void answerWith(String answer) {
    answers.add(answer);
  }

  String next() throws InterruptedException {
    return String.valueOf(happened.poll(20, TimeUnit.SECONDS));
  }

  private void accept() {
    for (int number = 1; !server.isClosed(); number++) {
      try {
        Socket socket = server.accept();
        String name = Integer.toString(number);
        Thread.ofVirtual().start(() -> converse(socket, name));
      } catch (IOException e) {
        return; // The test is over.
      }
    }
  }

  private void converse(Socket socket, String name) {
    try (socket) {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = socket.getOutputStream();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        happened.add(name + " " + line);
        String answer = answers.take();
        out.write(answer.replace(HANG_UP, "").getBytes(StandardCharsets.ISO_8859_1));
        if (answer.endsWith(HANG_UP)) {
          return;
        }
      }
      happened.add(name + " gone");
    } catch (IOException e) {
      happened.add(name + " gone");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Afterwards nobody listens: the port is given up only when its thread has left it.
  @Override
  public void close() {
    try {
      server.close();
      accepting.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
