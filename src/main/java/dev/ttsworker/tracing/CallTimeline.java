package dev.ttsworker.tracing;

import java.util.Arrays;
import java.util.OptionalLong;

/// Timeline of a call: when each event happened first. Not thread-safe.
public final class CallTimeline {
  private static final long NEVER = Long.MIN_VALUE;

  private final long[] nanos;

  public CallTimeline(long openedNanos) {
    nanos = new long[CallEvent.values().length];
    Arrays.fill(nanos, NEVER);
    mark(CallEvent.OPENED, openedNanos);
  }

  private CallTimeline(CallTimeline original) {
    nanos = original.nanos.clone();
  }

  /// Notes an event, unless it has happened before.
  public void mark(CallEvent event, long nowNanos) {
    if (!has(event)) {
      nanos[event.ordinal()] = nowNanos;
    }
  }

  /// Whether it has happened.
  public boolean has(CallEvent event) {
    return nanos[event.ordinal()] != NEVER;
  }

  /// When it happened first; empty when it has not.
  public OptionalLong nanos(CallEvent event) {
    return has(event) ? OptionalLong.of(nanos[event.ordinal()]) : OptionalLong.empty();
  }

  /// A copy that does not change any more.
  public CallTimeline copy() {
    return new CallTimeline(this);
  }
}
