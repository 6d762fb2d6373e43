package dev.ttsworker.tracing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/// Trace context of W3C: the trace that a request belongs to, and the span that sent it.
///
/// @param traceId 32 hexadecimal digits, not all 0
/// @param spanId 16 hexadecimal digits, not all 0
/// @param sampled whether the sender records the trace
public record TraceContext(String traceId, String spanId, boolean sampled) {
  /// Header that carries it.
  public static final String HEADER = "traceparent";

  /// Field of the log.
  static final String LOG_FIELD = "trace_id";

  /// Later versions may have more behind the flags.
  private static final Pattern FORM =
      Pattern.compile(
          "(?<version>(?!ff)[0-9a-f]{2})-(?<trace>(?!0{32})[0-9a-f]{32})"
              + "-(?<span>(?!0{16})[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<more>-.*)?");

  private static final ScopedValue<TraceContext> PRESENT = ScopedValue.newInstance();
  private static final int HEX = 16;

  /// The context of a header; empty when it is malformed, which is ignored as the standard wants
  /// it.
  public static Optional<TraceContext> parse(String header) {
    Matcher form = FORM.matcher(header);
    if (!form.matches() || (form.group("version").equals("00") && form.group("more") != null)) {
      return Optional.empty();
    }
    boolean sampled = (Integer.parseInt(form.group("flags"), HEX) & 1) == 1;
    return Optional.of(new TraceContext(form.group("trace"), form.group("span"), sampled));
  }

  /// The context of the request that this thread handles.
  public static Optional<TraceContext> present() {
    return PRESENT.isBound() ? Optional.of(PRESENT.get()) : Optional.empty();
  }

  /// What handles a request.
  ///
  /// @param <E> what it may throw
  @FunctionalInterface
  public interface Handling<E extends Exception> {
    void run() throws E;
  }

  /// Handles a request of this trace; its log lines name the trace.
  public <E extends Exception> void handle(Handling<E> request) throws E {
    try (MDC.MDCCloseable _ = MDC.putCloseable(LOG_FIELD, traceId)) {
      ScopedValue.where(PRESENT, this)
          .<Void, E>call(() -> {
            request.run();
            return null;
          });
    }
  }
}
