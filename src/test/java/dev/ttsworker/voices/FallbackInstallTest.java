package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.fixture.FakeModels;
import dev.ttsworker.fixture.LogTap;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.voicepack.FileHashes;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.install.InstallProgress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class FallbackInstallTest {
  private static final Path TINY = Path.of("src/test/resources/voicepacks/piper/tiny");
  private static final String VOICE = "piper-tiny";

  @TempDir Path home;
  private Path root = Path.of("");
  private final FakeModels models = new FakeModels();
  private final List<Thread> threads = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serveATinyVoice() throws IOException {
    root = Files.createDirectories(home.resolve("voicepacks"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/tiny/",
        exchange -> {
          byte[] body =
              Files.readAllBytes(
                  TINY.resolve(exchange.getRequestURI().getPath().substring("/tiny/".length())));
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    catalogue("tiny");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void catalogue(String folder) throws IOException {
    Path model = TINY.resolve("tiny.onnx");
    Files.writeString(
        root.resolve("catalog.yaml"),
        """
        voices:
          - id: piper-tiny
            description: "Tiny"
            languages: [en-US]
            licence: CC0-1.0
            files:
              - {name: tiny.onnx, size: %d, sha256: %s}
              - {name: tiny.onnx.json}
            sources:
              - url: http://127.0.0.1:%d/%s/
        """
            .formatted(
                Files.size(model),
                FileHashes.sha256(model),
                server.getAddress().getPort(),
                folder));
  }

  private FallbackInstall fallback(boolean autoInstall) {
    ModelSettings settings =
        new ModelSettings(
            "mock-440hz",
            VOICE,
            List.of(),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(1),
            1,
            1,
            false,
            "a",
            root,
            Map.of(),
            autoInstall,
            URI.create("http://127.0.0.1:1/"));
    return new FallbackInstall(
        new AutoInstall(settings, new Installation(home, home)),
        InstallProgress.none(),
        models,
        task -> {
          Thread thread = new Thread(task);
          threads.add(thread);
          return thread;
        });
  }

  private void await() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private boolean isInstalled() {
    return new VoicepackStore(root).scan().modelIds().contains(VOICE);
  }

  private static Readiness.Status status(Readiness.State state) {
    return new Readiness.Status(state, "");
  }

  @Test
  void isInstalledOnceWhenTheDefaultVoiceSpeaks() throws Exception {
    try (FallbackInstall fallback = fallback(true)) {
      fallback.on(status(Readiness.State.LOADING));
      assertEquals(0, threads.size());
      fallback.on(status(Readiness.State.SERVING));
      fallback.on(status(Readiness.State.UNABLE));
      await();
      assertEquals(1, threads.size());
      assertTrue(isInstalled());
      assertEquals(1, models.reloads.get());
    }
  }

  @Test
  void isInstalledWhenTheDefaultVoiceCannotSpeak() throws Exception {
    try (FallbackInstall fallback = fallback(true)) {
      fallback.on(status(Readiness.State.UNABLE));
      await();
      assertTrue(isInstalled());
    }
  }

  @Test
  void isNotInstalledWhereThatIsOff() throws Exception {
    try (FallbackInstall fallback = fallback(false)) {
      fallback.on(status(Readiness.State.SERVING));
      await();
      assertFalse(isInstalled());
      assertEquals(0, models.reloads.get());
    }
  }

  @Test
  void aFailureIsOneWarning() throws Exception {
    catalogue("elsewhere");
    try (LogTap log = new LogTap(AutoInstall.class.getName());
        FallbackInstall fallback = fallback(true)) {
      fallback.on(status(Readiness.State.SERVING));
      await();
      List<String> warnings = log.lines.stream().filter(line -> !line.startsWith("INFO")).toList();
      assertEquals(1, warnings.size(), warnings.toString());
      assertTrue(
          warnings
              .getFirst()
              .startsWith(
                  "WARN The fallback voice could not be installed: cannot install piper-tiny"),
          warnings.getFirst());
      assertFalse(isInstalled());
      assertEquals(0, models.reloads.get());
    }
  }

  @Test
  void nothingBeginsAfterTheEnd() {
    FallbackInstall fallback = fallback(true);
    fallback.close();
    fallback.on(status(Readiness.State.SERVING));
    assertEquals(0, threads.size());
  }
}
