package dev.ttsworker.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;

/// The log's file, which never fills a disk: at [#LARGEST_BYTES] `worker.log` becomes
/// `worker.log.1`, that one `worker.log.2`, and the last of [#KEPT] goes.
final class LogFile {
  static final long LARGEST_BYTES = 20 << 20;
  static final int KEPT = 5;

  private LogFile() {}

  /// An appender without an encoder, to be started by the caller. Its size is looked at once a
  /// second.
  static RollingFileAppender<ILoggingEvent> appender(Path path, LoggerContext context) {
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setFile(path.toString());
    FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
    names.setContext(context);
    names.setParent(file);
    // In a pattern a backslash and a percent sign have meanings of their own.
    names.setFileNamePattern(path.toString().replace("\\", "\\\\").replace("%", "\\%") + ".%i");
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
