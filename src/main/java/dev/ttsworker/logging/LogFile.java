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

/// The log's file, which never fills a disk: at [#LARGEST_BYTES] `worker.log` becomes
/// `worker.log.1`, that one `worker.log.2`, and the last of [#KEPT] goes. Only a path with a
/// percent sign, which logback's patterns cannot express, is a file that grows.
final class LogFile {
  static final long LARGEST_BYTES = 20 << 20;
  static final int KEPT = 5;

  private LogFile() {}

  /// An appender without an encoder, to be started by the caller. Its size is looked at once a
  /// second.
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
    // The policies ask for it.
    file.setFile(name);
    FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
    names.setContext(context);
    names.setParent(file);
    names.setFileNamePattern(name + ".%i");
    names.setMinIndex(1);
    names.setMaxIndex(KEPT);
    names.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(LARGEST_BYTES));
    size.setCheckIncrement(Duration.buildBySeconds(1));
    size.start();
    file.setRollingPolicy(names);
    file.setTriggeringPolicy(size);
    return file;
  }
}
