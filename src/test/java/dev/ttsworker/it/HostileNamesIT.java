package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import dev.ttsworker.config.LoggingSettings;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.logging.LogSetup;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.LoadModelRequest;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.UnloadModelRequest;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/// Ids and options that try to be a path, a format, a line of the log or something endless.
final class HostileNamesIT {
  private static final String FORGED = "2026-01-01T00:00:00.000Z INFO     forged - line";

  @TempDir static Path folder;
  private static TestWorker worker;
  private static Path log;

  @BeforeAll
  static void start() throws Exception {
    log = folder.resolve("worker.log");
    LogSetup.apply(
        new LoggingSettings(
            LoggingSettings.Level.DEBUG, LoggingSettings.Format.TEXT, true, Optional.of(log)));
    // A voice that a path would reach.
    TinyVoices.copy(folder.resolve("outside"));
    worker = TestWorker.start(folder).await(Readiness.State.SERVING);
    worker.session("s", "", Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    worker.close();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  static Stream<String> names() {
    return Stream.of(
        "..",
        "../outside/piper/tiny",
        "piper-../../outside/piper/tiny",
        "piper/tiny",
        "piper\\tiny",
        "%2e%2e%2fpiper-tiny",
        "/etc/passwd",
        folder.resolve("outside/piper/tiny").toString(),
        "file:///etc/passwd",
        "C:\\voices",
        "piper-tiny\n",
        "\rpiper-tiny",
        "mock-440hz\t",
        "Mock\u000b",
        "piper-tiny\u200b",
        "mock-440hz\u202c",
        "moc\u212a",
        "piper-tiny\0",
        "\0",
        "piper-tiny\n" + FORGED,
        "piper-tiny\r\n" + FORGED,
        "piper-tiny\u2028" + FORGED,
        "\u001b[2J\u001b]0;title\u0007",
        "{}",
        "{}{}{}",
        "%s%s%n%x",
        "${jndi:ldap://127.0.0.1/a}",
        "$(touch " + "pwned)",
        "'; DROP TABLE voices; --",
        "<script>alert(1)</script>",
        "piper-tinỳ",
        "ｐiper-tiny",
        "\u202eynit-repip",
        "piper-tiny.",
        "-piper-tiny",
        "x".repeat(129),
        "x".repeat(10_000),
        "é".repeat(10_000),
        "\n".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("names")
  void modelIsNotFound(String name) {
    assertRefused(
        name,
        "Failed to load model: ",
        worker
            .stub()
            .loadModel(LoadModelRequest.newBuilder().setModelId(name).build())
            .getMessage());
    assertRefused(
        name,
        "Failed to unload model: ",
        worker
            .stub()
            .unloadModel(UnloadModelRequest.newBuilder().setModelId(name).build())
            .getMessage());
    assertRefused(name, "Failed to start session: ", start("hostile", name, Map.of()));
    assertEquals(Status.Code.NOT_FOUND, callOn("hostile").getCode(), "no session was left behind");
  }

  private static void assertRefused(String name, String beginning, String told) {
    assertTrue(told.startsWith(beginning + "Model not found: "), told);
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,127}")) {
      assertTrue(told.startsWith(beginning + "Model not found: model_id \""), told);
      assertTrue(told.contains(" is not allowed; allowed: 1 to 128 of a-z, 0-9"), told);
    }
    assertTrue(told.contains("installed: "), told);
    assertTrue(told.length() < 1_000, told);
    assertFalse(told.chars().anyMatch(Character::isISOControl), told);
  }

  private static String start(String session, String model, Map<String, String> options) {
    var answer =
        worker
            .stub()
            .startSession(
                StartSessionRequest.newBuilder()
                    .setSessionId(session)
                    .setModelId(model)
                    .putAllOptions(options)
                    .build());
    return answer.getSuccess() ? "" : answer.getMessage();
  }

  private static Status callOn(String session) {
    SpokenCall call = worker.call();
    call.sendFinal(session, "Hello.");
    try {
      return call.failure();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void sessionIsAnyStringOfUpTo256Characters(String name) throws Exception {
    for (ControlCommand command :
        List.of(ControlCommand.PAUSE, ControlCommand.RESUME, ControlCommand.STOP)) {
      var unknown = worker.control(name, command);
      assertFalse(unknown.getSuccess());
      assertTrue(unknown.getMessage().startsWith("Session "), unknown.getMessage());
      assertTrue(unknown.getMessage().endsWith(" not found"), unknown.getMessage());
      assertTrue(unknown.getMessage().length() < 1_000, unknown.getMessage());
    }
    assertEquals(Status.Code.NOT_FOUND, callOn(name).getCode());
    if (name.length() > 256) {
      assertEquals(
          "Failed to start session: session_id has "
              + name.length()
              + " characters; allowed: 1 to 256",
          start(name, "mock", Map.of()));
    } else {
      assertEquals("", start(name, "mock", Map.of()));
      assertTrue(worker.control(name, ControlCommand.STOP).getSuccess());
      assertEquals(25 * 1920, worker.say(name, "one").length);
    }
    worker.endSession(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void optionIsRefusedWithItsKeyAndWhatIsAllowed(String value) {
    for (String key :
        List.of(
            "speed",
            "language",
            "speaker",
            "noise_scale",
            "noise_w",
            "sample_rate",
            "seed",
            "volume_db",
            "max_lead_ms",
            "markup",
            "words")) {
      if (!value.isBlank()) {
        String told = start("hostile", "", Map.of(key, value));
        assertTrue(told.startsWith("Failed to start session: options." + key + " is \""), told);
        assertTrue(told.contains("; allowed: "), told);
        assertTrue(told.length() < 1_000, told);
      }
    }
    String told = start("hostile", "", Map.of(value, "1"));
    assertTrue(told.contains("options has an unknown key \""), told);
    assertTrue(told.length() < 1_000, told);
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    for (String number : List.of("NaN", "Infinity", "-Infinity", "1e999", "-1", "0x1p3f", "1,5")) {
      assertFalse(start("hostile", "", Map.of("speed", number)).isEmpty(), number);
    }
    for (String speaker : List.of("-1", "99999999999999999999", "2147483648", "1.0")) {
      assertFalse(start("hostile", "", Map.of("speaker", speaker)).isEmpty(), speaker);
    }
  }

  /// Runs what is logged, once more, and looks at the log of all tests so far.
  @Test
  void logHasOneLineForEachEvent() throws Exception {
    for (String name : names().filter(name -> name.length() <= 256).toList()) {
      assertEquals("", start(name, "mock", Map.of()));
      assertTrue(worker.say(name, "one").length > 0);
      worker.endSession(name);
    }
    List<String> lines = Files.readAllLines(log);
    assertTrue(lines.size() > 20);
    for (String line : lines) {
      assertTrue(line.matches("\\S+Z (DEBUG|INFO|WARNING|ERROR) +[\\w.$]+ - .*"), line);
      assertFalse(line.startsWith(FORGED.substring(0, 20)), line);
      assertFalse(line.chars().anyMatch(Character::isISOControl), line);
      assertFalse(line.matches(".*[\\u2028\\u2029\\u202a-\\u202e].*"), line);
      assertTrue(line.length() < 2_000, line);
    }
    assertFalse(Files.exists(Path.of("pwned")));
  }
}
