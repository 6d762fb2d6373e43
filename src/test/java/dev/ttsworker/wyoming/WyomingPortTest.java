package dev.ttsworker.wyoming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.ClientSettings;
import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.config.SessionSettings;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.synthesis.CostMeter;
import dev.ttsworker.fixture.FakeModels;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.WyomingClient;
import dev.ttsworker.lifecycle.Threads;
import dev.ttsworker.metrics.Exposition;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.tracing.Tracer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Limits of the port, with a voice that gives a frame for each piece of text.
final class WyomingPortTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final int MOST_CHARS = 10_000;
  private static final int EVENT_BYTES = 4_096;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final FakeModels models = new FakeModels();
  private final List<WyomingClient> clients = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (WyomingClient client : clients) {
      client.close();
    }
    for (AutoCloseable each : opened) {
      each.close();
    }
    assertEquals(0, models.leases.get(), "every session has ended");
  }

  private WyomingPort open(WyomingLimits limits) {
    SessionManager sessions =
        new SessionManager(
            models,
            new SessionManager.Settings(
                new SessionSettings(10, Duration.ZERO, Duration.ofSeconds(30), false, 1),
                new LimitSettings(MOST_CHARS, MOST_CHARS, 4, 1),
                LONG,
                TextOptions.AS_WRITTEN,
                Duration.ZERO,
                Duration.ofSeconds(1)),
            () -> 1,
            new CostMeter(),
            new WorkerMetrics(registry),
            Tracer.OFF,
            System::nanoTime);
    var speakers = Executors.newVirtualThreadPerTaskExecutor();
    ClientSettings settings =
        new ClientSettings(true, true, true, "127.0.0.1", 0, true, Duration.ofSeconds(60));
    WyomingPort port =
        WyomingPort.listen(
            "127.0.0.1",
            0,
            new Conversation.SpeechService(
                sessions,
                new CallSettings(models, settings, MOST_CHARS),
                new ServiceInfo(models, "1"),
                speakers),
            limits,
            new RefusalMetrics(registry),
            new WyomingThreads(
                Threads.platform("wyoming-test-"),
                Executors.newVirtualThreadPerTaskExecutor(),
                speakers));
    opened.add(port);
    opened.add(sessions::endAll);
    opened.add(speakers);
    return port;
  }

  private static WyomingLimits limits(
      int connections, Duration idle, Duration event, Duration read) {
    return new WyomingLimits(connections, EVENT_BYTES, 2 * EVENT_BYTES, idle, event, read);
  }

  private WyomingClient connect(WyomingPort port) throws IOException {
    WyomingClient client = new WyomingClient(port.port());
    clients.add(client);
    return client;
  }

  private double refused(String reason) {
    return Exposition.of(registry).sum("tts_refused_total", "reason", reason);
  }

  @Test
  void idleConnectionsAreClosed() throws IOException {
    WyomingPort port = open(limits(9, SHORT, LONG, LONG));
    assertEquals(Optional.empty(), connect(port).receive());
    assertEquals(List.of(), connect(port).send("synthesize-start").until("never").types());
  }

  @Test
  void unfinishedEventsAreClosed() throws IOException {
    WyomingPort port = open(limits(9, LONG, SHORT, LONG));
    for (String part :
        List.of(
            "{",
            "{\"type\":\"describe\",\"data_length\":4}\n{",
            "{\"type\":\"unknown\",\"payload_length\":4}\n{")) {
      assertEquals(Optional.empty(), connect(port).raw(part).receive(), part);
    }
    assertEquals(3, refused("wyoming_event_timeout"));
  }

  @Test
  void readersThatTakeNothingAreClosed() throws IOException {
    WyomingPort port = open(limits(9, LONG, LONG, SHORT));
    WyomingClient client = connect(port).send("synthesize-start");
    while (refused("wyoming_reader_timeout") == 0) {
      try {
        client.send("synthesize-chunk", Map.of("text", "a"));
      } catch (IOException closed) {
        Polling.until(() -> refused("wyoming_reader_timeout") > 0);
      }
    }
    assertEquals(1, refused("wyoming_reader_timeout"));
  }

  @Test
  void newConnectionsTakeThePlaceOfIdleOnes() throws IOException {
    WyomingPort port = open(limits(2, LONG, LONG, LONG));
    WyomingClient first = connect(port).send("ping");
    assertEquals("pong", first.next().type());
    WyomingClient busy = connect(port).send("synthesize-start").send("ping");
    assertEquals("pong", busy.next().type());
    WyomingClient third = connect(port).send("synthesize-start").send("ping");
    assertEquals("pong", third.next().type());
    assertEquals(Optional.empty(), first.receive());
    assertEquals(1, refused("wyoming_gave_way"));
    assertEquals(Optional.empty(), connect(port).receive());
    assertEquals(1, refused("wyoming_too_many_from_address"));
    assertEquals("pong", busy.send("ping").next().type());
  }

  @Test
  void eventsThatWaitAreBounded() throws IOException {
    WyomingPort port = open(limits(9, LONG, LONG, LONG));
    WyomingClient client = connect(port);
    // A call whose audio is not read does not end, and the next ones wait for it.
    client.send("synthesize-start");
    for (int i = 0; i < 200; i++) {
      client.send("synthesize-chunk", Map.of("text", "a"));
    }
    client.send("synthesize-stop");
    for (int i = 0; i < 4; i++) {
      client.send("synthesize", Map.of("text", "b".repeat(3_000)));
    }
    WyomingClient.Speech speech = client.until("error");
    assertEquals("BUDGET_EXCEEDED", speech.last().data().get("code").stringValue());
  }

  @Test
  void failuresOfTheVoiceAreErrors() throws IOException {
    WyomingPort port = open(limits(9, LONG, LONG, LONG));
    WyomingClient client = connect(port).send("synthesize", Map.of("text", "exception"));
    WyomingClient.Speech speech = client.until("never");
    assertEquals(List.of("error"), speech.types());
    assertEquals("INTERNAL", speech.last().data().get("code").stringValue());
    assertTrue(
        speech.last().data().get("text").stringValue().startsWith("Synthesis failed; error id "));
  }
}
