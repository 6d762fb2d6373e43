package dev.ttsworker.logging;

import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Bridge from `java.util.logging`, which libraries such as gRPC use, to slf4j.
final class JulHandler extends Handler {
  private final SimpleFormatter formatter = new SimpleFormatter();

  /// Replaces the JDK's own handlers.
  static void install() {
    LogManager.getLogManager().reset();
    Logger.getLogger("").addHandler(new JulHandler());
  }

  @Override
  public void publish(LogRecord event) {
    if (!isLoggable(event)) {
      return;
    }
    String name = event.getLoggerName();
    LoggerFactory.getLogger(name == null ? "java.util.logging" : name)
        .atLevel(level(event.getLevel().intValue()))
        .setCause(event.getThrown())
        .log(String.valueOf(formatter.formatMessage(event)));
  }

  private static Level level(int value) {
    if (value >= java.util.logging.Level.SEVERE.intValue()) {
      return Level.ERROR;
    } else if (value >= java.util.logging.Level.WARNING.intValue()) {
      return Level.WARN;
    }
    return value >= java.util.logging.Level.INFO.intValue() ? Level.INFO : Level.DEBUG;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
