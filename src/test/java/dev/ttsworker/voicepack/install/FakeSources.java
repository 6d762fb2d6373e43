package dev.ttsworker.voicepack.install;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.FileHashes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Sources of files: a web server on this machine, scripts that stand in for pip, and wheels.
final class FakeSources implements AutoCloseable {
  /// No pause between attempts.
  static final DownloadLimits LIMITS =
      new DownloadLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ZERO, 3, 1 << 16);

  private final Path folder;
  private final HttpServer server;

  interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  private FakeSources(Path folder, HttpServer server) {
    this.folder = folder;
    this.server = server;
  }

  /// @param folder for scripts and wheels
  static FakeSources open(Path folder) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return new FakeSources(folder, server);
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  void serve(String path, byte[] content) {
    serve(path, exchange -> answer(exchange, content, content.length));
  }

  void serve(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          if (exchange.getRequestURI().getPath().equals(path)) {
            answer.give(exchange);
          } else {
            exchange.sendResponseHeaders(404, -1);
          }
          exchange.close();
        });
  }

  void remove(String path) {
    server.removeContext(path);
  }

  static void answer(HttpExchange exchange, byte[] content, long announced) throws IOException {
    exchange.sendResponseHeaders(200, announced);
    OutputStream body = exchange.getResponseBody();
    body.write(content);
    body.flush();
  }

  /// A shell script that stands in for pip; FOLDER is what follows `-d`, WANTED the last argument.
  List<String> fakePip(String body) throws IOException {
    Path script = Files.createTempFile(folder, "pip", ".sh");
    String find = "while [ $# -gt 1 ]; do [ \"$1\" = -d ] && FOLDER=$2; shift; done\nWANTED=$1\n";
    Files.writeString(script, find + body + "\n");
    return List.of("sh", script.toString());
  }

  Path zip(Map<String, byte[]> entries) throws IOException {
    return zip(Files.createTempFile(folder, "wheel", ".zip"), entries);
  }

  static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return file;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(FileHashes.newDigest(Checksum.Kind.SHA_256).digest(content));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
