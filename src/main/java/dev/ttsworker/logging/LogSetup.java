package dev.ttsworker.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.ttsworker.config.LoggingSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogManager;
import net.logstash.logback.composite.JsonProviders;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Logging set-up of the process. Events go to stderr, because stdout may carry audio, and to a
/// file when the settings name one.
///
/// Context is added by slf4j's fluent API beside the message:
/// `logger.atInfo().addKeyValue("model_id", id).log("Loading model")`. An error with the marker
/// `CRITICAL` is written with that level.
public final class LogSetup {
  private static final String WORKER = "dev.ttsworker";

  /// These log a stack trace for each call of a disconnected client, which is normal operation, and
  /// for each connection with invalid bytes, of which there may be floods.
  private static final List<String> NOISY_LOGGERS =
      List.of(
          "io.grpc.netty.NettyServerHandler",
          "io.grpc.netty.NettyServerStream",
          "io.grpc.netty.NettyServerTransport");

  private LogSetup() {}

  /// Replaces the present logging configuration. A file that cannot be written is a warning on the
  /// console, not an error. For one thread; other threads may log in the meantime.
  public static void apply(LoggingSettings settings) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      apply(settings, context);
      // What libraries such as gRPC log through java.util.logging.
      LogManager.getLogManager().reset();
      SLF4JBridgeHandler.install();
    } else {
      throw new IllegalStateException("slf4j is bound to something else than logback");
    }
  }

  static void apply(LoggingSettings settings, LoggerContext context) {
    context.reset();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setTarget("System.err");
    start(console, "console", settings, context);
    Optional<String> problem = Optional.empty();
    if (settings.file().isPresent()) {
      Path path = settings.file().get();
      problem = prepare(path);
      if (problem.isEmpty()) {
        start(LogFile.appender(path, context), "file", settings, context);
      }
    }
    setLevels(settings.level(), context);
    if (problem.isPresent()) {
      warn(context.getLogger(LogSetup.class), settings, problem.get());
    }
  }

  private static void warn(Logger logger, LoggingSettings settings, String problem) {
    logger
        .atWarn()
        .addKeyValue("file", settings.file().map(Path::toString).orElse(""))
        .addKeyValue("error", problem)
        .log("The log file cannot be written, the log goes to the console alone");
  }

  /// At DEBUG, libraries log what is on the wire, including the text being spoken: only the worker
  /// itself goes below INFO.
  private static void setLevels(LoggingSettings.Level configured, LoggerContext context) {
    Level level =
        switch (configured) {
          case DEBUG -> Level.DEBUG;
          case INFO -> Level.INFO;
          case WARNING -> Level.WARN;
          case ERROR, CRITICAL -> Level.ERROR;
        };
    context.getLogger(WORKER).setLevel(level);
    context
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
    NOISY_LOGGERS.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
  }

  private static void start(
      OutputStreamAppender<ILoggingEvent> appender,
      String name,
      LoggingSettings settings,
      LoggerContext context) {
    appender.setName(name);
    appender.setContext(context);
    appender.setEncoder(encoder(settings, context));
    if (settings.level() == LoggingSettings.Level.CRITICAL) {
      Filter<ILoggingEvent> filter = new CriticalOnly();
      filter.start();
      appender.addFilter(filter);
    }
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  private static Encoder<ILoggingEvent> encoder(LoggingSettings settings, LoggerContext context) {
    LogFields fields = new LogFields(settings.includeSessionId());
    return switch (settings.format()) {
      case JSON -> {
        JsonProviders<ILoggingEvent> providers = new JsonProviders<>();
        providers.addProvider(new LogEventFields(fields));
        LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setContext(context);
        encoder.setProviders(providers);
        encoder.addDecorator(UnsafeCharacters.inJson());
        encoder.start();
        yield encoder;
      }
      case TEXT -> {
        TextLayout layout = new TextLayout(fields);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        yield encoder;
      }
    };
  }

  /// Creates the file and its folder.
  ///
  /// @return why the file cannot be written
  private static Optional<String> prepare(Path path) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  private static final class CriticalOnly extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
      return LogFields.isCritical(event) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
  }
}
