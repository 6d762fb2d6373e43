package dev.ttsworker.voicepack.install;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.FileHashes;
import dev.ttsworker.voicepack.Voices;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;

/// Mirror of the collection on this machine, with its layout, ranges and entity tags, and with
/// faults on demand: what is queued is done once instead of the next answer with a model. Requests
/// for models are noted.
final class FakeCollection implements AutoCloseable {
  static final int MODEL_BYTES = 50_000;

  private final HttpServer server;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, String> tags = new TreeMap<>();
  private final Queue<Fault> faults = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> entries = new ArrayList<>();
  private boolean ranges = true;

  interface Fault {
    void give(HttpExchange exchange, byte[] content) throws IOException;
  }

  private FakeCollection(HttpServer server) {
    this.server = server;
  }

  static FakeCollection open() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeCollection fake = new FakeCollection(server);
    server.createContext("/", fake::answer);
    server.start();
    return fake;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /// A model that no other key has.
  static byte[] model(String key) {
    byte[] model = new byte[MODEL_BYTES];
    new Random(key.hashCode()).nextBytes(model);
    return model;
  }

  /// Serves a voice with its files.
  FakeCollection add(String key) {
    return add(key, Voices.CONFIG);
  }

  FakeCollection add(String key, String config) {
    String[] parts = key.split("-", -1);
    String family = parts[0].substring(0, 2);
    String folder = "/%s/%s/%s/%s/".formatted(family, parts[0], parts[1], parts[2]);
    byte[] card = FakeSources.bytes("# Model card for " + key);
    put(folder + key + ".onnx", model(key));
    put(folder + key + ".onnx.json", FakeSources.bytes(config));
    put(folder + "MODEL_CARD", card);
    entries.add(
        """
        "%s": {"key": "%s", "name": "%s", "quality": "%s", "num_speakers": 2,
          "language": {"code": "%s", "family": "%s", "name_native": "Own",
            "name_english": "Language", "country_english": "Country"},
          "speaker_id_map": {"b": 1, "a": 0}, "aliases": ["old-%s"],
          "files": {%s, %s, %s}}
        """
            .formatted(
                key,
                key,
                parts[1],
                parts[2],
                parts[0],
                family,
                parts[1],
                file(folder + key + ".onnx", model(key)),
                file(folder + key + ".onnx.json", FakeSources.bytes(config)),
                file(folder + "MODEL_CARD", card)));
    put("/voices.json", FakeSources.bytes("{" + String.join(",", entries) + "}"));
    return this;
  }

  private static String file(String path, byte[] content) {
    return "\"%s\": {\"size_bytes\": %d, \"md5_digest\": \"%s\"}"
        .formatted(path.substring(1), content.length, md5(content));
  }

  static String md5(byte[] content) {
    return HexFormat.of().formatHex(FileHashes.newDigest(Checksum.Kind.MD5).digest(content));
  }

  /// Serves another content at a path from now on.
  synchronized void put(String path, byte[] content) {
    files.put(path, content);
    tags.put(path, "\"" + md5(content) + "\"");
  }

  synchronized byte[] get(String path) {
    return files.getOrDefault(path, new byte[0]);
  }

  synchronized void remove(String path) {
    files.remove(path);
  }

  synchronized void ignoreRanges() {
    ranges = false;
  }

  synchronized void fail(Fault fault) {
    faults.add(fault);
  }

  /// Path, range and If-Range of the requests for models so far.
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /// Ends the answer after some bytes, as a broken connection does.
  static Fault breakAfter(int bytes) {
    return (exchange, content) -> {
      byte[] rest = rest(exchange, content);
      boolean partial = rest.length < content.length;
      tag(exchange, content);
      if (partial) {
        range(exchange, content, rest);
      }
      exchange.sendResponseHeaders(partial ? 206 : 200, rest.length);
      OutputStream body = exchange.getResponseBody();
      body.write(rest, 0, bytes);
      body.flush();
      throw new IOException("broken on purpose");
    };
  }

  static Fault status(int status) {
    return (exchange, _) -> exchange.sendResponseHeaders(status, -1);
  }

  static Fault redirect(String location) {
    return (exchange, _) -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Optional<Fault> fault = note(exchange, path);
      byte[] content = get(path);
      if (fault.isPresent()) {
        fault.get().give(exchange, content);
      } else if (content.length == 0) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        give(exchange, content);
      }
    }
  }

  private synchronized Optional<Fault> note(HttpExchange exchange, String path) {
    if (!path.endsWith(".onnx")) {
      return Optional.empty();
    }
    requests.add(
        path.substring(path.lastIndexOf('/') + 1)
            + " "
            + header(exchange, "Range")
            + " "
            + header(exchange, "If-Range"));
    return Optional.ofNullable(faults.poll());
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "-" : value;
  }

  private synchronized void give(HttpExchange exchange, byte[] content) throws IOException {
    tag(exchange, content);
    byte[] rest = ranges ? rest(exchange, content) : content;
    boolean partial = rest.length < content.length;
    if (partial) {
      range(exchange, content, rest);
    }
    exchange.sendResponseHeaders(partial ? 206 : 200, rest.length);
    exchange.getResponseBody().write(rest);
  }

  private static void tag(HttpExchange exchange, byte[] content) {
    exchange.getResponseHeaders().set("ETag", "\"" + md5(content) + "\"");
  }

  private static void range(HttpExchange exchange, byte[] content, byte[] rest) {
    exchange
        .getResponseHeaders()
        .set(
            "Content-Range",
            "bytes %d-%d/%d"
                .formatted(content.length - rest.length, content.length - 1, content.length));
  }

  /// What a range asks for; all of it without one, or when the file is another by now.
  private static byte[] rest(HttpExchange exchange, byte[] content) {
    String range = header(exchange, "Range");
    String known = header(exchange, "If-Range");
    boolean changed = !known.equals("-") && !known.equals("\"" + md5(content) + "\"");
    if (range.equals("-") || changed) {
      return content;
    }
    int from = Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
    return Arrays.copyOfRange(content, from, content.length);
  }

  static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
