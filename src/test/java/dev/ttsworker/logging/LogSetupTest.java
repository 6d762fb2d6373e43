package dev.ttsworker.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.ttsworker.config.LoggingSettings;
import dev.ttsworker.config.LoggingSettings.Format;
import dev.ttsworker.config.LoggingSettings.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.MarkerFactory;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class LogSetupTest {
  /// Reads strictly: a field that stands twice in a line is an error.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final LoggerContext context = new LoggerContext();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final PrintStream stderr = System.err;
  @TempDir Path folder;

  @BeforeEach
  void capture() {
    context.setMDCAdapter(mdc);
    System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    context.stop();
    System.setErr(stderr);
  }

  @Test
  void lineHasExactlyTheseFieldsInOrder() {
    Logger logger = json(Level.INFO);
    logger
        .atInfo()
        .addKeyValue("model_id", "piper")
        .addKeyValue("session_id", "s1")
        .addKeyValue("load_time_ms", 1234L)
        .addKeyValue("rtf", 0.25)
        .addKeyValue("reused", true)
        .log("Model {} loaded", "piper");
    JsonNode line = only();
    assertEquals(
        List.of(
            "timestamp",
            "level",
            "logger",
            "message",
            "session_id",
            "model_id",
            "load_time_ms",
            "rtf",
            "reused"),
        List.copyOf(line.propertyNames()));
    assertTrue(
        line.get("timestamp")
            .asString()
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    assertEquals("INFO", line.get("level").asString());
    assertEquals("dev.ttsworker.test", line.get("logger").asString());
    assertEquals("Model piper loaded", line.get("message").asString());
    assertEquals("s1", line.get("session_id").asString());
    assertEquals(1234, line.get("load_time_ms").asInt());
    assertTrue(line.get("rtf").isNumber());
    assertTrue(line.get("reused").isBoolean());
  }

  @Test
  void levelsHaveTheirNames() {
    Logger logger = json(Level.DEBUG);
    logger.debug("a");
    logger.info("a");
    logger.warn("a");
    logger.error("a");
    logger.error(MarkerFactory.getMarker("CRITICAL"), "a");
    logger.warn(MarkerFactory.getMarker("CRITICAL"), "a");
    assertEquals(
        List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "WARNING"),
        lines().stream().map(line -> line.get("level").asString()).toList());
  }

  @Test
  void thresholdHolds() {
    Logger logger = json(Level.WARNING);
    logger.info("no");
    logger.warn("yes");
    logger = json(Level.CRITICAL);
    logger.error("no");
    logger.error(MarkerFactory.getMarker("CRITICAL"), "yes");
    assertEquals(
        List.of("yes", "yes"),
        lines().stream().map(line -> line.get("message").asString()).toList());
  }

  @Test
  void librariesStayAtInfo() {
    json(Level.DEBUG);
    context.getLogger("io.netty.Wire").debug("no");
    context.getLogger("io.netty.Wire").info("yes");
    assertEquals("yes", only().get("message").asString());
  }

  @Test
  void disconnectedClientsAreNoWarnings() {
    json(Level.INFO);
    context.getLogger("io.grpc.netty.NettyServerHandler").warn("Stream Error");
    context.getLogger("io.grpc.netty.NettyServerHandler").error("yes");
    assertEquals("yes", only().get("message").asString());
  }

  @Test
  void sessionIdComesFromTheMdcToo() {
    Logger logger = json(Level.INFO);
    mdc.put("session_id", "s2");
    mdc.put("trace_id", "t");
    logger.info("a");
    logger.atInfo().addKeyValue("session_id", "s3").log("b");
    List<JsonNode> lines = lines();
    assertEquals("s2", lines.get(0).get("session_id").asString());
    assertEquals("t", lines.get(0).get("trace_id").asString());
    assertEquals("s3", lines.get(1).get("session_id").asString());
  }

  @Test
  void sessionCanBeLeftOut() {
    Logger logger = apply(new LoggingSettings(Level.INFO, Format.JSON, false, Optional.empty()));
    mdc.put("session_id", "s2");
    logger.atInfo().addKeyValue("session_id", "s3").addKeyValue("frames", 3).log("b");
    JsonNode line = only();
    assertFalse(line.has("session_id"));
    assertEquals(3, line.get("frames").asInt());
  }

  @Test
  void contextCannotOverrideTheMessage() {
    json(Level.INFO).atInfo().addKeyValue("message", "x").addKeyValue("level", "x").log("real");
    assertEquals("real", only().get("message").asString());
    assertEquals("INFO", only().get("level").asString());
  }

  @Test
  void exceptionStaysOnItsLine() {
    Logger logger = json(Level.INFO);
    logger.error("failed", new IllegalStateException("first\nsecond", new IOException("why")));
    JsonNode line = only();
    assertEquals("first\nsecond", line.get("error").asString());
    assertEquals("java.lang.IllegalStateException", line.get("error_type").asString());
    assertTrue(line.get("stack_trace").asString().contains("Caused by: java.io.IOException: why"));
  }

  @Test
  void unusualValuesStayValidJson() {
    json(Level.INFO)
        .atInfo()
        .addKeyValue("rtf", Double.NaN)
        .addKeyValue("none", (Object) null)
        .addKeyValue("list", List.of(1, 2))
        .addKeyValue("text", "\"\u0000\ud83d\ude00\u2028\r\n")
        .log("line\none\u0007");
    JsonNode line = only();
    assertEquals("NaN", line.get("rtf").asString());
    assertEquals("null", line.get("none").asString());
    assertEquals("[1, 2]", line.get("list").asString());
    assertEquals("\"\u0000\ud83d\ude00\u2028\r\n", line.get("text").asString());
    assertEquals("line\none\u0007", line.get("message").asString());
  }

  @Test
  void concurrentWritersDoNotMixLines() throws Exception {
    Path file = folder.resolve("logs/sub/worker.log");
    Logger logger = apply(new LoggingSettings(Level.INFO, Format.JSON, true, Optional.of(file)));
    String padding = "x\n".repeat(2000);
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String session = "s" + i;
      writers.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int n = 0; n < 200; n++) {
                  logger
                      .atInfo()
                      .addKeyValue("session_id", session)
                      .addKeyValue("n", n)
                      .log(padding);
                }
              }));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    List<JsonNode> written = Files.readAllLines(file).stream().map(JSON::readTree).toList();
    assertEquals(1600, written.size());
    assertEquals(
        1600, written.stream().map(l -> l.get("session_id") + ":" + l.get("n")).distinct().count());
    assertTrue(written.stream().allMatch(line -> line.get("message").asString().equals(padding)));
    assertEquals(1600, lines().size());
  }

  @Test
  void fileIsAppendedTo() throws Exception {
    Path file = Files.writeString(folder.resolve("worker.log"), "{}\n");
    LoggingSettings settings =
        new LoggingSettings(Level.INFO, Format.JSON, true, Optional.of(file));
    apply(settings).info("a");
    apply(settings).info("b");
    assertEquals(3, Files.readAllLines(file).size());
  }

  @Test
  void fullFileIsRolledOverAndTheOldestIsDeleted() throws Exception {
    Path file = folder.resolve("worker.log");
    for (int i = 1; i <= LogFile.MAX_FILES; i++) {
      Files.writeString(Path.of(file + "." + i), "put aside as number " + i);
    }
    try (RandomAccessFile full = new RandomAccessFile(file.toFile(), "rw")) {
      full.setLength(LogFile.MAX_FILE_BYTES);
    }
    apply(new LoggingSettings(Level.INFO, Format.JSON, true, Optional.of(file))).info("new");
    assertEquals(1, Files.readAllLines(file).size());
    assertEquals(LogFile.MAX_FILE_BYTES, Files.size(Path.of(file + ".1")));
    assertEquals(
        "put aside as number " + (LogFile.MAX_FILES - 1),
        Files.readString(Path.of(file + "." + LogFile.MAX_FILES)));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1 + LogFile.MAX_FILES, files.count());
    }
  }

  @Test
  void percentSignInThePathIsNoPattern() throws Exception {
    Path file = folder.resolve("50% full/worker.log");
    apply(new LoggingSettings(Level.INFO, Format.JSON, true, Optional.of(file))).info("new");
    assertEquals(1, Files.readAllLines(file).size());
  }

  @Test
  void unwritableFileIsAWarning() throws Exception {
    Path file = Files.createFile(folder.resolve("file")).resolve("worker.log");
    Logger logger = apply(new LoggingSettings(Level.INFO, Format.JSON, true, Optional.of(file)));
    logger.info("goes on");
    List<JsonNode> lines = lines();
    assertEquals("WARNING", lines.get(0).get("level").asString());
    assertEquals(file.toString(), lines.get(0).get("file").asString());
    assertEquals("goes on", lines.get(1).get("message").asString());
  }

  @Test
  void textIsForPeople() {
    Logger logger = apply(new LoggingSettings(Level.INFO, Format.TEXT, true, Optional.empty()));
    logger.atWarn().addKeyValue("session_id", "s").addKeyValue("n", 1).log("a\nb");
    logger.error("c", new IOException("why"));
    List<String> lines = console.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(
        lines.get(0).matches("\\S+Z WARNING  dev\\.ttsworker\\.test - a\\\\nb session_id=s n=1"),
        lines.get(0));
    assertTrue(lines.get(1).endsWith("- c error=why error_type=java.io.IOException"));
    assertEquals("java.io.IOException: why", lines.get(2));
  }

  @Test
  void textHoldsNoControlCharacter() {
    Logger logger = apply(new LoggingSettings(Level.INFO, Format.TEXT, true, Optional.empty()));
    logger.atInfo().addKeyValue("session_id", "\u001b[2J\u2028\u0000").log("a\u0085b");
    String line = console.toString(StandardCharsets.UTF_8);
    assertTrue(line.endsWith(" - a\\u0085b session_id=\\u001b[2J\\u2028\\u0000\n"), line);
  }

  /// A session id is any string. Readers of logs split lines at different characters, and terminals
  /// obey some.
  @Test
  void noSessionIdBreaksALine() {
    String forged = "2026-01-01T00:00:00.000Z INFO     forged - line";
    List<String> odd = new ArrayList<>();
    for (int code = 0; code <= 0xffff; code++) {
      if (Character.isISOControl(code) || "\u2028\u2029".indexOf(code) >= 0) {
        odd.add("s" + (char) code + forged);
      }
    }
    odd.add("s\r\n" + forged);
    odd.addAll(
        List.of("\u061cs", "\u200e", "\u200fs", "\u202es\u202c", "\u2066s\u2069", "\ufeffs"));
    odd.addAll(List.of("Zoë \ud83d\ude00 🏳️‍🌈", "{}", "%m%n", "\"}", "x".repeat(256)));
    for (Format format : Format.values()) {
      Logger logger = apply(new LoggingSettings(Level.INFO, format, true, Optional.empty()));
      for (String id : odd) {
        console.reset();
        logger.atInfo().addKeyValue("session_id", id).log("Session {} started", id);
        String written = console.toString(StandardCharsets.UTF_8);
        assertTrue(written.endsWith("\n"), written);
        String line = written.substring(0, written.length() - 1);
        assertTrue(line.codePoints().noneMatch(LogSetupTest::isUnsafe), line);
        if (format == Format.JSON) {
          assertEquals(id, JSON.readTree(line).get("session_id").asString());
          assertEquals("Session " + id + " started", JSON.readTree(line).get("message").asString());
        }
      }
    }
  }

  private static boolean isUnsafe(int code) {
    return Character.isISOControl(code)
        || "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\ufeff".indexOf(code) >= 0
        || (code >= 0x2066 && code <= 0x2069);
  }

  @Test
  void messageOfAnExceptionCannotForgeALine() {
    Logger logger = apply(new LoggingSettings(Level.INFO, Format.TEXT, true, Optional.empty()));
    String forged = "2026-01-01T00:00:00.000Z INFO     forged - line";
    logger.error("c", new IOException("a\n" + forged, new IOException("b\r\u2028" + forged)));
    List<String> lines = console.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals("java.io.IOException: a", lines.get(1));
    assertEquals("\t" + forged, lines.get(2));
    assertTrue(lines.contains("Caused by: java.io.IOException: b\\u000d\\u2028" + forged));
    assertEquals(1, lines.stream().filter(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT.*")).count());
  }

  private Logger json(Level level) {
    return apply(new LoggingSettings(level, Format.JSON, true, Optional.empty()));
  }

  private Logger apply(LoggingSettings settings) {
    LogSetup.apply(settings, context);
    return context.getLogger("dev.ttsworker.test");
  }

  private JsonNode only() {
    List<JsonNode> lines = lines();
    assertEquals(1, lines.size());
    return lines.getFirst();
  }

  private List<JsonNode> lines() {
    return console.toString(StandardCharsets.UTF_8).lines().map(JSON::readTree).toList();
  }
}
