package dev.ttsworker;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A browser without a window and one page in it, driven by its DevTools protocol.
final class Chromium implements AutoCloseable {
  private static final String LISTENING = "DevTools listening on ws://";
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final BufferedReader errors;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Inbox inbox = new Inbox();
  private final WebSocket socket;
  private final List<JsonNode> events = new ArrayList<>();
  private int lastId;

  /// Starts it on an empty page.
  ///
  /// @param profile an empty folder
  Chromium(Path program, Path profile) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                // As root there is no sandbox; only this test's page is opened.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--mute-audio",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    errors = process.errorReader();
    socket =
        client.newWebSocketBuilder().buildAsync(URI.create(pageAddress(address())), inbox).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      command(domain + ".enable", Map.of());
    }
  }

  /// The installed program.
  static Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder ->
            Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private String address() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      if (line.startsWith(LISTENING)) {
        String rest = line.substring(LISTENING.length());
        return rest.substring(0, rest.indexOf('/'));
      }
      said.append(line).append('\n');
    }
    throw new IOException("Chromium did not start: " + said);
  }

  private String pageAddress(String address) throws IOException, InterruptedException {
    HttpRequest list = HttpRequest.newBuilder(URI.create("http://" + address + "/json")).build();
    for (JsonNode target : JSON.readTree(client.send(list, BodyHandlers.ofString()).body())) {
      if (target.get("type").stringValue().equals("page")) {
        return target.get("webSocketDebuggerUrl").stringValue();
      }
    }
    throw new IOException("Chromium shows no page");
  }

  /// Carries a command out and returns its result; events that come meanwhile are kept.
  JsonNode command(String method, Map<String, ?> parameters) throws InterruptedException {
    int id = ++lastId;
    socket
        .sendText(
            JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    while (true) {
      JsonNode message = JSON.readTree(inbox.messages.take());
      if (message.path("id").asInt(0) == id) {
        if (message.has("error")) {
          throw new AssertionError(method + ": " + message);
        }
        return message.get("result");
      }
      events.add(message);
    }
  }

  void open(String address) throws InterruptedException {
    command("Page.navigate", Map.of("url", address));
  }

  /// The value of a script; promises are waited for.
  JsonNode evaluate(String script) throws InterruptedException {
    JsonNode result =
        command(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(script + ": " + result);
    }
    return result.get("result").path("value");
  }

  /// Waits until a script's value is true.
  void await(String condition) throws InterruptedException {
    evaluate(
        "new Promise(done => { const look = () => ("
            + condition
            + ") ? done() : setTimeout(look, 20); look(); })");
  }

  /// Types text and Enter where the focus is, as a person does.
  void type(String text) throws InterruptedException {
    command("Input.insertText", Map.of("text", text));
    Map<String, Object> enter =
        Map.of("key", "Enter", "code", "Enter", "text", "\r", "windowsVirtualKeyCode", 13);
    for (String type : List.of("keyDown", "keyUp")) {
      Map<String, Object> event = new java.util.HashMap<>(enter);
      event.put("type", type);
      command("Input.dispatchKeyEvent", event);
    }
  }

  /// Sets the size and the colours of the page.
  void look(int width, int height, String scheme) throws InterruptedException {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    command("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  void screenshot(Path file) throws IOException, InterruptedException {
    JsonNode shot = command("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(shot.get("data").stringValue()));
  }

  /// What the console shows in red, up to now.
  List<String> problems() {
    return events.stream()
        .filter(event ->
            switch (event.path("method").stringValue("")) {
              case "Runtime.exceptionThrown" -> true;
              case "Runtime.consoleAPICalled" ->
                  event.at("/params/type").stringValue("").equals("error");
              case "Log.entryAdded" ->
                  event.at("/params/entry/level").stringValue("").equals("error");
              default -> false;
            })
        .map(JsonNode::toString)
        .toList();
  }

  /// The addresses that were asked for, up to now.
  List<String> requests() {
    return events.stream()
        .filter(event -> event.path("method").stringValue("").equals("Network.requestWillBeSent"))
        .map(event -> event.at("/params/request/url").stringValue(""))
        .toList();
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    client.close();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    var _ = process.onExit().join();
    errors.close();
  }

  /// Puts messages together from their parts.
  private static final class Inbox implements WebSocket.Listener {
    final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        messages.add(part.toString().getBytes(StandardCharsets.UTF_8));
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
