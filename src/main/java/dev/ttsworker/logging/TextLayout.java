package dev.ttsworker.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes an event as `timestamp level logger message key=value …` for people; a stack trace
/// follows on lines of its own.
final class TextLayout extends LayoutBase<ILoggingEvent> {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

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
      line.append(stackTrace);
    }
    return line.toString();
  }

  /// Nobody who gets a line break, or a command for a terminal, into a message can fake a line of
  /// the log.
  private static String oneLine(@Nullable Object value) {
    String plain = String.valueOf(value).replace("\r", "\\r").replace("\n", "\\n");
    return CONTROL
        .matcher(plain)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}
