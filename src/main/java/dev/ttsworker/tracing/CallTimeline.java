package dev.ttsworker.tracing;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/// Timeline of a call: when each event happened first. Not thread-safe.
public final class CallTimeline {
  private final Map<CallEvent, Long> nanos;

  public CallTimeline(long openedNanos) {
    nanos = new EnumMap<>(CallEvent.class);
    mark(CallEvent.OPENED, openedNanos);
  }

  private CallTimeline(CallTimeline original) {
    nanos = new EnumMap<>(original.nanos);
  }

  /// Notes an event, unless it has happened before.
  public void mark(CallEvent event, long nowNanos) {
    if (!has(event)) {
      nanos.put(event, nowNanos);
    }
  }

  /// Whether it has happened; for every frame, so nothing is allocated.
  public boolean has(CallEvent event) {
    return nanos.containsKey(event);
  }

  /// When it happened first; empty when it has not.
  public OptionalLong nanos(CallEvent event) {
    Long at = nanos.get(event);
    return at == null ? OptionalLong.empty() : OptionalLong.of(at);
  }

  /// A copy that does not change any more.
  public CallTimeline copy() {
    return new CallTimeline(this);
  }
}
