package dev.ttsworker;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real redis-server on a free port of its own, which keeps nothing on disk.
public final class RedisServer implements AutoCloseable {
  private static final String REQUIRED = "TTS_REQUIRE_REDIS";

  private final Path folder;
  private final int port;
  private final List<String> command = new ArrayList<>();
  private Process process;

  /// Starts one that takes connections when this returns.
  ///
  /// @param folder where it runs
  /// @param options more of its command line; with `--tls-cert-file` it speaks TLS only
  public RedisServer(Path folder, String... options) throws IOException, InterruptedException {
    boolean installed =
        Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "redis-server")));
    if (System.getenv(REQUIRED) != null) {
      assertTrue(installed, REQUIRED + " is set, but there is no redis-server");
    }
    assumeTrue(installed, "no redis-server; .ci/run installs it");
    this.folder = folder;
    port = freePort();
    boolean tls = List.of(options).contains("--tls-cert-file");
    command.addAll(List.of("redis-server", "--bind", "127.0.0.1", "--save", ""));
    command.addAll(List.of("--port", tls ? "0" : Integer.toString(port)));
    if (tls) {
      command.addAll(List.of("--tls-port", Integer.toString(port), "--tls-auth-clients", "no"));
    }
    command.addAll(List.of(options));
    process = run();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process run() throws IOException, InterruptedException {
    Process started =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    while (!accepts()) {
      if (started.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new IOException(Files.readString(folder.resolve("redis.log")));
      }
    }
    return started;
  }

  private boolean accepts() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  /// Ends it without a word, as a crash does.
  void kill() {
    var _ = process.destroyForcibly().onExit().join();
  }

  /// Starts it again on the same port; it has forgotten everything.
  void restart() throws IOException, InterruptedException {
    kill();
    process = run();
  }

  @Override
  public void close() {
    kill();
  }
}
