package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.StartSessionResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// StartSession and EndSession against a real worker.
final class SessionIT {
  private static final String LONG = "Good morning, dear listener, how are you today? ".repeat(100);
  private static final Map<String, String> PACED = Map.of("max_lead_ms", "100");
  private static final String NOT_FOUND = "Failed to start session: Model not found: ";
  private static final String INSTALLED =
      "; installed: mock-440hz, piper-tiny, piper-tiny-speakers";

  @TempDir static Path folder;
  static TestWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker =
        TestWorker.start(folder, "model_manager: {aliases: {piper-former: piper-tiny-speakers}}")
            .await(Readiness.State.SERVING);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private static StartSessionResponse start(String id, String model, Map<String, String> options) {
    return start(worker, id, model, options);
  }

  private static StartSessionResponse start(
      TestWorker on, String id, String model, Map<String, String> options) {
    StartSessionResponse answer =
        on.stub()
            .startSession(
                StartSessionRequest.newBuilder()
                    .setSessionId(id)
                    .setModelId(model)
                    .putAllOptions(options)
                    .build());
    assertTrue(answer.getMessage().length() < 1000, answer.getMessage());
    return answer;
  }

  private static void assertStarted(String message, StartSessionResponse answer) {
    assertEquals(message, answer.getMessage());
    assertTrue(answer.getSuccess());
  }

  private static void assertRefused(String message, StartSessionResponse answer) {
    assertEquals(message, answer.getMessage());
    assertFalse(answer.getSuccess());
  }

  private static void end(String id) {
    assertTrue(
        worker
            .stub()
            .endSession(EndSessionRequest.newBuilder().setSessionId(id).build())
            .getSuccess());
  }

  @Test
  void modelsGoByIdFamilyAliasAndDefault() {
    assertStarted("Session started on piper-tiny", start("models", "", Map.of()));
    assertStarted("Session started on piper-tiny", start("models", " Piper-TINY ", Map.of()));
    assertStarted("Session started on piper-tiny", start("models", "piper", Map.of()));
    assertStarted("Session started on mock-440hz", start("models", "mock", Map.of()));
    assertStarted("Session started on mock-440hz", start("models", "mock-440hz", Map.of()));
    assertStarted(
        "Session started on piper-tiny-speakers (model piper-former is not installed, its alias"
            + " piper-tiny-speakers speaks)",
        start("models", "piper-former", Map.of()));
    end("models");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "piper-xx",
        "../../etc",
        "piper/../tiny",
        "piper/tiny",
        "/etc/passwd",
        "..",
        "piper-%2e%2e"
      })
  void unknownModelsAreRefusedWithWhatIsInstalled(String id) {
    StartSessionResponse answer = start("unknown", id, Map.of());
    assertFalse(answer.getSuccess());
    String shown =
        id.matches("[a-z0-9.-]+") && !id.startsWith(".") ? id : "model_id \"" + id + "\"";
    assertTrue(answer.getMessage().startsWith(NOT_FOUND + shown), answer.getMessage());
    assertTrue(answer.getMessage().endsWith(INSTALLED), answer.getMessage());
    assertEquals(
        "Session unknown not found", worker.control("unknown", ControlCommand.STOP).getMessage());
  }

  @Test
  void hostileModelIdsAreShownInPart() {
    StartSessionResponse longId = start("hostile", "x".repeat(300), Map.of());
    assertFalse(longId.getSuccess());
    assertTrue(longId.getMessage().startsWith(NOT_FOUND + "model_id \"xxx"), longId.getMessage());
    assertTrue(longId.getMessage().endsWith(INSTALLED), longId.getMessage());
    StartSessionResponse nul = start("hostile", "piper-tiny\0", Map.of());
    assertFalse(nul.getSuccess());
    assertFalse(nul.getMessage().contains("\0"), nul.getMessage());
    assertTrue(nul.getMessage().contains("did you mean piper-tiny"), nul.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          speed       | 3            | 0.5 to 2.0
          speed       | 0.49         | 0.5 to 2.0
          speed       | NaN          | 0.5 to 2.0
          speed       | fast         | 0.5 to 2.0
          seed        | x            | a whole number of 64 bits
          seed        | 1.5          | a whole number of 64 bits
          seed        | 9223372036854775808 | a whole number of 64 bits
          speaker     | 99           | 0 (this voice has one speaker: leave it out or use 0)
          speaker     | -1           | 0 (this voice has one speaker: leave it out or use 0)
          language    | de           | en-US, en
          volume_db   | loud         | -60.0 to 12.0
          volume_db   | 13           | -60.0 to 12.0
          noise_scale | -0.1         | 0.0 to 2.0
          noise_w     | Infinity     | 0.0 to 2.0
          max_lead_ms | 99           | 100 to 600000
          max_lead_ms | 1e3          | 100 to 600000
          sample_rate | 12000        | 8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000
          sample_rate | 48k          | 8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000
          words       | yes          | on, off, phonemes
          markup      | ssml         | on, off
          """)
  void badOptionsAreRefusedByKeyValueAndRange(String key, String value, String allowed) {
    assertRefused(
        "Failed to start session: options.%s is \"%s\"; allowed: %s".formatted(key, value, allowed),
        start("options", "", Map.of(key, value)));
    assertEquals(
        "Session options not found", worker.control("options", ControlCommand.STOP).getMessage());
  }

  @Test
  void unknownOptionsAreRefused() {
    assertRefused(
        "Failed to start session: options has an unknown key \"pitch\"; allowed: cache, emoji,"
            + " language, lexicon, markup, max_lead_ms, noise_scale, noise_w, normalize, sample_rate, seed,"
            + " speaker, speed, volume_db, words",
        start("options", "", Map.of("pitch", "1")));
    assertFalse(start("options", "", Map.of("x".repeat(5_000), "y".repeat(5_000))).getSuccess());
    assertFalse(start("options", "", Map.of("speed", "9".repeat(5_000))).getSuccess());
  }

  @Test
  void lexiconsWithFaultsAreRefused() {
    assertRefused(
        "Failed to start session: options.lexicon has the word \"two, words\"; allowed: one or several"
            + " words of letters, figures, inner hyphens and & + . ! ', at most 60 characters; anything"
            + " else can be marked in the text, [word](/IPA/)",
        start("options", "", Map.of("lexicon", "a=b; two, words=x")));
    assertRefused(
        "Failed to start session: options.lexicon has 20001 characters; allowed: at most 20000",
        start("options", "", Map.of("lexicon", "a=b;".repeat(5_000) + ";")));
  }

  @Test
  void goodOptionsAreTaken() {
    Map<String, String> options =
        new HashMap<>(Map.of("words", "off", "cache", "off", "normalize", "OFF", "emoji", "say"));
    options.putAll(Map.of("markup", "on", "lexicon", "GIF=/dʒɪf/;nginx=engine x"));
    options.putAll(
        Map.of(
            "speed", " 2.0 ",
            "seed", "-9223372036854775808",
            "speaker", "1",
            "language", "EN_us",
            "volume_db", "-60",
            "noise_scale", "0",
            "noise_w", "2",
            "max_lead_ms", "100",
            "sample_rate", "24000"));
    assertStarted(
        "Session started on piper-tiny-speakers", start("good", "piper-tiny-speakers", options));
    assertStarted("Session started on piper-tiny", start("good", "", Map.of("speed", "")));
    end("good");
  }

  @Test
  void refusedSessionsHoldNoVoice() {
    int before = worker.references("piper-tiny");
    assertFalse(start("refused", "", Map.of("speed", "3")).getSuccess());
    assertEquals(before, worker.references("piper-tiny"));
  }

  @Test
  void idsAreAnyStringOf256Characters() throws Exception {
    assertRefused("Failed to start session: Missing session_id", start("", "", Map.of()));
    assertRefused(
        "Failed to start session: session_id has 257 characters; allowed: 1 to 256",
        start("i".repeat(257), "", Map.of()));
    for (String id : List.of("i".repeat(256), "🙂".repeat(256), " ", "a/../b\n\0", "سلام")) {
      assertStarted("Session started on mock-440hz", start(id, "mock", Map.of()));
      assertEquals(25 * 1920, worker.say(id, "x").length);
      end(id);
      assertEquals(
          "Session " + id + " not found", worker.control(id, ControlCommand.STOP).getMessage());
    }
  }

  @Test
  void endingIsIdempotent() {
    end("never started");
    end("");
    start("twice", "", Map.of());
    end("twice");
    end("twice");
  }

  @Test
  void startingTwiceReplacesTheSessionAndEndsItsCalls() throws Exception {
    int before = worker.references("piper-tiny");
    start("again", "", PACED);
    SpokenCall call = worker.call();
    call.send("again", LONG);
    assertTrue(call.next().isPresent());
    assertStarted("Session started on piper-tiny", start("again", "", PACED));
    List<AudioFrame> frames = call.frames();
    assertTrue(frames.getLast().getIsFinal());
    assertEquals(AudioFrame.End.END_SESSION_REPLACED, frames.getLast().getEnd());
    assertEquals(AudioFrame.End.END_UNSPECIFIED, frames.getFirst().getEnd());
    awaitReferences(before + 1);
    assertStarted("Session started on mock-440hz", start("again", "mock", Map.of()));
    awaitReferences(before);
    assertEquals(25 * 1920, worker.say("again", "x").length);
    end("again");
  }

  @Test
  void endedSessionsTellTheirCalls() throws Exception {
    start("over", "", PACED);
    SpokenCall call = worker.call();
    call.send("over", LONG);
    assertTrue(call.next().isPresent());
    end("over");
    assertEquals(AudioFrame.End.END_SESSION_ENDED, call.frames().getLast().getEnd());
  }

  private static void awaitReferences(int count) {
    while (worker.references("piper-tiny") != count) {
      Polling.pause();
    }
  }

  @Test
  void pastTheCapTheLongestIdleSessionGoes(@TempDir Path other) throws Exception {
    try (TestWorker small = TestWorker.start(other, "session: {max_open: 3}")) {
      small.session("busy", "", PACED);
      SpokenCall call = small.call();
      call.send("busy", LONG);
      assertTrue(call.next().isPresent());
      small.session("used", "", Map.of());
      small.session("idle", "", Map.of());
      assertTrue(small.control("used", ControlCommand.STOP).getSuccess());
      small.session("newest", "", Map.of());
      assertEquals(
          "Session idle not found", small.control("idle", ControlCommand.STOP).getMessage());
      assertEquals(3, small.capabilities().getMetricsOrThrow("active_sessions"));
      assertEquals(3, small.references("piper-tiny"));
      assertTrue(small.control("used", ControlCommand.STOP).getSuccess());
      assertTrue(small.control("busy", ControlCommand.STOP).getSuccess());
      assertTrue(call.frames().getLast().getIsFinal());
    }
  }

  @Test
  void startWaitsForTheFirstModel(@TempDir Path other) throws Exception {
    try (TestWorker fresh = TestWorker.start(other)) {
      assertStarted("Session started on piper-tiny", start(fresh, "eager", "", Map.of()));
      assertTrue(fresh.say("eager", "Hello.").length > 1920);
      var _ = fresh.await(Readiness.State.SERVING);
    }
  }
}
