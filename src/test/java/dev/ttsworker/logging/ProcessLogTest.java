package dev.ttsworker.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.ttsworker.config.LoggingSettings;
import dev.ttsworker.config.LoggingSettings.Format;
import dev.ttsworker.config.LoggingSettings.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The logging of the whole process, which each test puts back.
final class ProcessLogTest {
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream stderr = System.err;
  private final PrintStream stdout = System.out;
  private final Logger logger = LoggerFactory.getLogger("dev.ttsworker.test");

  @BeforeEach
  void capture() throws JoranException {
    System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    reset();
  }

  @AfterEach
  void release() throws Exception {
    LogManager.getLogManager().readConfiguration();
    System.setErr(stderr);
    System.setOut(stdout);
    reset();
  }

  private static void reset() throws JoranException {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  @Test
  void warningsAsTextBeforeTheSettingsAreKnown() {
    logger.info("no");
    logger.warn("yes");
    assertEquals("WARN dev.ttsworker.test - yes", shown().strip());
  }

  @Test
  void otherLoggingOfLibrariesBecomesJson() {
    LogSetup.apply(new LoggingSettings(Level.INFO, Format.JSON, true, Optional.empty()));
    java.util.logging.Logger jul = java.util.logging.Logger.getLogger("io.grpc.Test");
    jul.fine("no");
    jul.info("a");
    jul.log(java.util.logging.Level.WARNING, "b {0}", "c");
    jul.log(java.util.logging.Level.SEVERE, "d", new IOException("why"));
    logger.info("e");
    List<JsonNode> lines = shown().lines().map(JsonMapper.shared()::readTree).toList();
    assertEquals(
        List.of("INFO a", "WARNING b c", "ERROR d", "INFO e"),
        lines.stream()
            .map(line -> line.get("level").asString() + " " + line.get("message").asString())
            .toList());
    assertEquals("io.grpc.Test", lines.getFirst().get("logger").asString());
    assertEquals("why", lines.get(2).get("error").asString());
    assertTrue(output.toString(StandardCharsets.UTF_8).isEmpty());
  }

  private String shown() {
    return console.toString(StandardCharsets.UTF_8);
  }
}
