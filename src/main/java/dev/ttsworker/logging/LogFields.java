package dev.ttsworker.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/// Fields of one log event, in the order and under the names that are documented. Names are unique:
/// a key-value pair overrides the MDC, and neither can override the first four.
///
/// @param includeSessionId whether `session_id` is written
record LogFields(boolean includeSessionId) {
  /// Marks an event of level ERROR as CRITICAL, a level that slf4j does not know.
  static final String CRITICAL = "CRITICAL";

  static final String STACK_TRACE = "stack_trace";

  private static final String SESSION_ID = "session_id";
  private static final Set<String> FIXED = Set.of("timestamp", "level", "logger", "message");

  /// ISO 8601 in UTC, always with milliseconds.
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /// Names to strings, numbers and booleans; `stack_trace` comes last.
  Map<String, Object> of(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("timestamp", TIMESTAMP.format(Instant.ofEpochMilli(event.getTimeStamp())));
    fields.put("level", level(event));
    fields.put("logger", event.getLoggerName());
    fields.put("message", String.valueOf(event.getFormattedMessage()));
    Map<String, Object> context = context(event);
    Object sessionId = context.remove(SESSION_ID);
    if (includeSessionId && sessionId != null) {
      fields.put(SESSION_ID, sessionId);
    }
    fields.putAll(context);
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      fields.putIfAbsent("error", String.valueOf(thrown.getMessage()));
      fields.putIfAbsent("error_type", thrown.getClassName());
      fields.remove(STACK_TRACE);
      fields.put(STACK_TRACE, ThrowableProxyUtil.asString(thrown));
    }
    return fields;
  }

  static boolean isCritical(ILoggingEvent event) {
    return event.getLevel().equals(Level.ERROR)
        && event.getMarkerList() != null
        && event.getMarkerList().stream().anyMatch(marker -> CRITICAL.equals(marker.getName()));
  }

  private static String level(ILoggingEvent event) {
    if (isCritical(event)) {
      return CRITICAL;
    }
    return switch (event.getLevel().toInt()) {
      case Level.WARN_INT -> "WARNING";
      case Level.TRACE_INT -> "DEBUG";
      default -> event.getLevel().toString();
    };
  }

  private static Map<String, Object> context(ILoggingEvent event) {
    Map<String, Object> context = new LinkedHashMap<>(event.getMDCPropertyMap());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        context.put(pair.key, jsonValue(pair.value));
      }
    }
    context.keySet().removeAll(FIXED);
    return context;
  }

  private static Object jsonValue(@Nullable Object value) {
    return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
  }
}
