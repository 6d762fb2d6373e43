package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.LogLines;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.Refusals;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.WyomingClient;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.Exposition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The Wyoming protocol of a real worker with the tiny voices.
final class WyomingIT {
  private static final List<String> WHOLE = List.of("audio-start", "audio-chunk", "audio-stop");
  private static final List<String> STREAMED =
      List.of("audio-start", "audio-chunk", "audio-stop", "synthesize-stopped");
  private static final String LONG_TEXT =
      "This is a sentence that is said again and again. ".repeat(400);

  @TempDir static Path folder;
  static TestWorker worker;
  static int port;

  @BeforeAll
  static void start() throws Exception {
    port = freePort();
    worker =
        TestWorker.start(folder, "clients: {wyoming_port: " + port + "}")
            .await(Readiness.State.SERVING);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static WyomingClient.Speech say(Map<String, ?> data) throws IOException {
    try (WyomingClient client = new WyomingClient(port)) {
      return client.send("synthesize", data).until("audio-stop");
    }
  }

  private static double calls(String outcome) {
    return Exposition.of(worker.worker.registry())
        .sum("tts_protocol_calls_total", "protocol", "wyoming", "outcome", outcome);
  }

  @Test
  void describeNamesVoicesLanguagesAndSpeakers() throws IOException {
    worker.session("speakers are known of what is loaded", "piper-tiny-speakers", Map.of());
    JsonNode info;
    try (WyomingClient client = new WyomingClient(port)) {
      WyomingClient.Event event = client.send("describe").next();
      assertEquals("info", event.type());
      info = event.data();
    }
    for (String domain : List.of("asr", "handle", "intent", "wake", "mic", "snd")) {
      assertTrue(info.get(domain).isArray() && info.get(domain).isEmpty(), domain);
    }
    JsonNode service = info.get("tts").get(0);
    assertEquals("tts-worker", service.get("name").stringValue());
    assertTrue(service.get("installed").booleanValue());
    assertTrue(service.get("supports_synthesize_streaming").booleanValue());
    assertFalse(service.get("version").stringValue().isEmpty());
    JsonNode voices = service.get("voices");
    assertEquals("piper-tiny", voices.get(0).get("name").stringValue(), "the default is first");
    JsonNode speakers =
        voices
            .valueStream()
            .filter(voice -> voice.get("name").stringValue().equals("piper-tiny-speakers"))
            .findFirst()
            .orElseThrow();
    assertTrue(speakers.get("speakers").size() > 1, speakers.toString());
    assertFalse(speakers.get("languages").isEmpty());
    assertTrue(speakers.get("attribution").get("url").isString());
    assertTrue(speakers.get("version").isNull());
  }

  @Test
  void wholeTextIsSpoken() throws IOException {
    WyomingClient.Speech speech = say(Map.of("text", "Good morning."));
    assertEquals(WHOLE, speech.types());
    assertEquals(
        "{\"rate\":24000,\"width\":2,\"channels\":1}",
        speech.events().getFirst().data().toString());
    assertEquals(speech.events().get(0).data(), speech.events().get(1).data());
    assertTrue(speech.audio().length > 24_000, speech.audio().length + " bytes");
    assertEquals(960, speech.events().get(1).payload().length, "20 ms");
    assertEquals(WHOLE.size() - 1, say(Map.of("text", " ")).types().size(), "nothing to say");
  }

  @Test
  void streamLeavesOutTheTextThatComesOnceMore() throws IOException {
    Map<String, String> voice = Map.of("name", "mock-440hz");
    byte[] whole = say(Map.of("text", "One two. Three.", "voice", voice)).audio();
    try (WyomingClient client = new WyomingClient(port)) {
      client.send("synthesize-start", Map.of("voice", voice));
      for (String token : List.of("One", " two", ". ", "", "Three", ".")) {
        client.send("synthesize-chunk", Map.of("text", token));
      }
      client.send("synthesize", Map.of("text", "One two. Three.", "voice", voice));
      client.send("synthesize-stop");
      WyomingClient.Speech speech = client.until("synthesize-stopped");
      assertEquals(STREAMED, speech.types());
      assertEquals(5 * whole.length, speech.audio().length, "the tone for each piece");
      client.send("synthesize-start").send("synthesize-stop");
      assertEquals(
          List.of("audio-start", "audio-stop", "synthesize-stopped"),
          client.until("synthesize-stopped").types());
    }
  }

  @Test
  void audioComesBeforeTheTextIsComplete() throws IOException {
    try (WyomingClient client = new WyomingClient(port)) {
      client.send("synthesize-start");
      client.send("synthesize-chunk", Map.of("text", "This is the first sentence. And this "));
      assertEquals("audio-chunk", client.until("audio-chunk").last().type());
      assertEquals("pong", client.send("ping", Map.of("text", "x")).until("pong").last().type());
      client.send("synthesize-chunk", Map.of("text", "is the second.")).send("synthesize-stop");
      assertEquals("synthesize-stopped", client.until("synthesize-stopped").last().type());
    }
  }

  @Test
  void callsOfOneConnectionFollowEachOther() throws IOException {
    try (WyomingClient client = new WyomingClient(port)) {
      client.raw(
          """
          {"type":"synthesize","data":{"text":"One."}}
          {"type":"played"}
          {"type":"synthesize","data":{"text":"Two."},"payload_length":3}



          {"type":"synthesize-start"}
          {"type":"synthesize-chunk","data":{"text":"Three."}}
          {"type":"synthesize-stop"}
          """);
      assertEquals(WHOLE, client.until("audio-stop").types());
      assertEquals(WHOLE, client.until("audio-stop").types());
      assertEquals(STREAMED, client.until("synthesize-stopped").types());
    }
  }

  @Test
  void twoConnectionsSpeakAtOnce() throws IOException {
    try (WyomingClient one = new WyomingClient(port);
        WyomingClient other = new WyomingClient(port)) {
      one.send("synthesize", Map.of("text", LONG_TEXT));
      assertEquals("audio-chunk", one.until("audio-chunk").last().type());
      other.send("synthesize", Map.of("text", "Hello."));
      assertEquals(WHOLE, other.until("audio-stop").types());
      assertEquals("audio-chunk", one.next().type());
    }
    worker.awaitStreams(0);
  }

  @Test
  void voicesSpeakersAndLanguagesAreChosen() throws IOException {
    for (Map<String, String> voice :
        List.of(
            Map.of("name", "piper-tiny-speakers", "speaker", "1"),
            Map.of("name", "Piper-Tiny-Speakers.0"),
            Map.of("language", "en_US"),
            Map.of("name", "en_US-lessac-medium", "speaker", "somebody"),
            Map.<String, String>of())) {
      assertEquals(WHOLE, say(Map.of("text", "Hello.", "voice", voice)).types(), voice.toString());
    }
    int plain = say(Map.of("text", "One. Two.", "text_format", "text")).audio().length;
    int pause =
        say(Map.of("text", "One. <break time=\"5s\"/> Two.", "text_format", "ssml")).audio().length;
    assertTrue(pause > plain + 3 * 48_000, pause + " and " + plain + " bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          INVALID_FIELD | voice.name: Model not found: nobody | {"type":"synthesize","data":{"text":"a","voice":{"name":"nobody"}}}~
          INVALID_FIELD | voice.name: Model not found: nobody | {"type":"synthesize-start","data":{"voice":{"name":"nobody"}}}~
          INVALID_FIELD | options.speaker is "nobody" | {"type":"synthesize","data":{"text":"a","voice":{"name":"piper-tiny","speaker":"nobody"}}}~
          INVALID_FIELD | no installed voice speaks the language xx | {"type":"synthesize","data":{"text":"a","voice":{"language":"xx"}}}~
          INVALID_FIELD | voice must be an object | {"type":"synthesize","data":{"text":"a","voice":"x"}}~
          INVALID_FIELD | voice.name must be a string | {"type":"synthesize","data":{"text":"a","voice":{"name":5}}}~
          INVALID_FIELD | text must be a string | {"type":"synthesize","data":{"text":[]}}~
          INVALID_FIELD | text_format is html; allowed: text, ssml | {"type":"synthesize","data":{"text":"a","text_format":"html"}}~
          MALFORMED_REQUEST | synthesize-chunk is out of place; allowed: after synthesize-start | {"type":"synthesize-chunk","data":{"text":"a"}}~
          MALFORMED_REQUEST | synthesize-stop is out of place; allowed: after synthesize-start | {"type":"synthesize-stop"}~
          MALFORMED_REQUEST | synthesize-start is out of place; allowed: after synthesize-stop | {"type":"synthesize-start"}~{"type":"synthesize-start"}~
          MALFORMED_REQUEST | The line of an event is not a JSON object | GET / HTTP/1.1~Host: x~~
          MALFORMED_REQUEST | The line of an event is not a JSON object | \u0000\u0001~
          MESSAGE_TOO_LARGE | data_length is 9000000; allowed: 0 to 136384 | {"type":"synthesize","data_length":9000000}~
          """)
  void badEventsAreAnErrorAndTheEnd(String code, String message, String events) throws IOException {
    try (WyomingClient client = new WyomingClient(port)) {
      client.raw(events.replace('~', '\n'));
      WyomingClient.Speech answer = client.until("never");
      assertEquals(List.of("error"), answer.types());
      JsonNode error = answer.last().data();
      assertEquals(code, error.get("code").stringValue());
      assertTrue(error.get("text").stringValue().contains(message), error.toString());
    }
    worker.awaitStreams(0);
  }

  @Test
  void longTextsAndLinesAreRefused() throws IOException {
    WyomingClient.Speech speech = say(Map.of("text", "a".repeat(20_001)));
    assertEquals("TEXT_TOO_LONG", speech.last().data().get("code").stringValue());
    try (WyomingClient client = new WyomingClient(port)) {
      WyomingClient.Speech answer = client.raw("x".repeat(200_000)).until("never");
      assertEquals("MESSAGE_TOO_LARGE", answer.last().data().get("code").stringValue());
    }
  }

  @Test
  void garbageInMidSpeechEndsTheCall() throws IOException {
    double before = Refusals.count(worker, "wyoming_malformed_event");
    try (WyomingClient client = new WyomingClient(port)) {
      client.send("synthesize", Map.of("text", LONG_TEXT)).until("audio-chunk");
      assertEquals("error", client.raw("garbage\n").until("never").last().type());
    }
    worker.awaitStreams(0);
    assertEquals(before + 1, Refusals.count(worker, "wyoming_malformed_event"));
  }

  @Test
  void closedConnectionsCancelTheirCalls() throws IOException {
    double before = calls("cancelled");
    for (String type : List.of("synthesize", "synthesize-start")) {
      try (WyomingClient client = new WyomingClient(port)) {
        client.send(type, Map.of("text", LONG_TEXT));
        if (type.equals("synthesize-start")) {
          client.send("synthesize-chunk", Map.of("text", LONG_TEXT));
        }
        assertEquals("audio-chunk", client.until("audio-chunk").last().type());
      }
      worker.awaitStreams(0);
    }
    try (WyomingClient client = new WyomingClient(port)) {
      // One that waits for text, one whose event is not complete.
      client.send("synthesize-start").raw("{\"type\":\"synthesize-ch");
      Polling.until(() -> worker.capabilities().getMetricsOrThrow("active_streams") == 1);
    }
    worker.awaitStreams(0);
    Polling.until(() -> calls("cancelled") == before + 3);
  }

  @Test
  void idleConnectionsDoNotKeepOthersOut() throws IOException {
    List<WyomingClient> idle = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      idle.add(new WyomingClient(port));
    }
    assertEquals(WHOLE, say(Map.of("text", "Hello.")).types());
    assertTrue(Refusals.count(worker, "wyoming_gave_way") > 30);
    for (WyomingClient client : idle) {
      client.close();
    }
  }

  @Test
  void drainFinishesCallsAndRefusesNewOnes() throws Exception {
    Path own = Files.createDirectory(folder.resolve("drained"));
    int ownPort = freePort();
    TestWorker drained =
        TestWorker.start(own, "clients: {wyoming_port: " + ownPort + "}")
            .await(Readiness.State.SERVING);
    Thread closing = new Thread(drained::close);
    try (WyomingClient running = new WyomingClient(ownPort);
        WyomingClient late = new WyomingClient(ownPort)) {
      running.send("synthesize-start");
      running.send("synthesize-chunk", Map.of("text", "This is a sentence. And "));
      assertEquals("audio-chunk", running.until("audio-chunk").last().type());
      closing.start();
      drained.await(Readiness.State.DRAINING);
      // Draining begins for calls right after it does for health.
      WyomingClient.Event answer;
      do {
        answer = late.send("synthesize", Map.of("text", " ")).until("error", "audio-stop").last();
      } while (!answer.type().equals("error"));
      assertEquals("DRAINING", answer.data().get("code").stringValue());
      running.send("synthesize-chunk", Map.of("text", "an end.")).send("synthesize-stop");
      assertEquals("synthesize-stopped", running.until("synthesize-stopped").last().type());
    }
    closing.join();
  }

  @Test
  void portStaysClosedWhereCallersNeedAToken() throws Exception {
    Path own = Files.createDirectory(folder.resolve("closed"));
    Files.writeString(own.resolve("tokens"), "a-token-of-this-test\n");
    int ownPort = freePort();
    try (LogLines log = new LogLines("dev.ttsworker.protocols.ServedProtocols");
        TestWorker closed =
            TestWorker.start(
                    own, "clients: {wyoming_port: " + ownPort + "}", "auth: {tokens_file: tokens}")
                .await(Readiness.State.SERVING)) {
      assertThrows(IOException.class, () -> new WyomingClient(ownPort));
      assertEquals(1, log.with("The port of Wyoming stays closed").size());
      assertEquals(Readiness.State.SERVING, closed.worker.readiness().status().state());
    }
  }
}
