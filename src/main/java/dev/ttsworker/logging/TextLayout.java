package dev.ttsworker.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes an event as `timestamp level logger message key=value …` for people; a stack trace
/// follows on lines of its own.
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

  /// A stack trace, in which the further lines of a message are indented: nobody who gets a line
  /// break into a message can fake a line of the log.
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
