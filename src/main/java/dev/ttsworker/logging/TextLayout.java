package dev.ttsworker.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Text layout for people: `timestamp level logger message key=value …`; a stack trace follows on
/// separate lines.
final class TextLayout extends LayoutBase<ILoggingEvent> {
  private static final String CAUSE = "Caused by: ";

  private final LogFields fields;

  TextLayout(LogFields fields) {
    this.fields = fields;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    Map<String, Object> values = fields.of(event);
    Object stackTrace = values.remove(LogFields.STACK_TRACE);
    line.append(values.remove("timestamp"));
    line.append(" %-8s ".formatted(values.remove("level")));
    line.append(values.remove("logger")).append(" - ");
    line.append(oneLine(values.remove("message")));
    values.forEach((key, value) -> line.append(' ').append(key).append('=').append(oneLine(value)));
    line.append('\n');
    if (stackTrace != null) {
      line.append(stackTrace(stackTrace));
    }
    return line.toString();
  }

  private static String oneLine(@Nullable Object value) {
    return UnsafeCharacters.onOneLine(String.valueOf(value));
  }

  /// Stack trace with continuation lines of messages indented, so that a line break in a message
  /// cannot forge a log line.
  private static String stackTrace(Object trace) {
    StringBuilder text = new StringBuilder();
    UnsafeCharacters.onLines(String.valueOf(trace))
        .lines()
        .forEach(line -> {
          boolean own = text.isEmpty() || line.startsWith("\t") || line.startsWith(CAUSE);
          text.append(own ? "" : "\t").append(line).append('\n');
        });
    return text.toString();
  }
}
