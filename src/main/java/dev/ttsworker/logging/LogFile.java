package dev.ttsworker.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;

/// Rolling log file with bounded size: at [#MAX_FILE_BYTES] `worker.log` becomes `worker.log.1`,
/// that one `worker.log.2`, and the last of [#MAX_FILES] is deleted. A path with a percent sign,
/// which logback's patterns cannot express, is a plain file that grows.
final class LogFile {
  static final long MAX_FILE_BYTES = 20 << 20;
  static final int MAX_FILES = 5;

  private LogFile() {}

  /// Creates an appender without an encoder, to be started by the caller. Its size is checked once
  /// a second.
  static FileAppender<ILoggingEvent> appender(Path path, LoggerContext context) {
    String name = path.toString();
    if (!name.contains("%")) {
      return rolling(name, context);
    }
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setFile(name);
    return file;
  }

  private static FileAppender<ILoggingEvent> rolling(String name, LoggerContext context) {
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    // Required by the policies.
    file.setFile(name);
    FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
    names.setContext(context);
    names.setParent(file);
    names.setFileNamePattern(name + ".%i");
    names.setMinIndex(1);
    names.setMaxIndex(MAX_FILES);
    names.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(MAX_FILE_BYTES));
    size.setCheckIncrement(Duration.buildBySeconds(1));
    size.start();
    file.setRollingPolicy(names);
    file.setTriggeringPolicy(size);
    return file;
  }
}
