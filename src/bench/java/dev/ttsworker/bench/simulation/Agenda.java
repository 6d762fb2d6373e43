package dev.ttsworker.bench.simulation;

import java.util.PriorityQueue;

/// Event list of a discrete-event simulation, with its clock: events happen in the order of their
/// moments, FIFO among equal ones. Not thread-safe.
final class Agenda {
  private final PriorityQueue<Event> events = new PriorityQueue<>(1024);
  private long nowNanos;
  private long sequence;

  private record Event(long atNanos, long sequence, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int order = Long.compare(atNanos, other.atNanos);
      return order != 0 ? order : Long.compare(sequence, other.sequence);
    }
  }

  long nowNanos() {
    return nowNanos;
  }

  /// @param atNanos a past moment counts as now
  void at(long atNanos, Runnable action) {
    events.add(new Event(Math.max(nowNanos, atNanos), sequence++, action));
  }

  void after(long nanos, Runnable action) {
    at(nowNanos + nanos, action);
  }

  /// Has everything happen up to `untilNanos`, and sets the clock to it.
  void runUntil(long untilNanos) {
    for (Event next = events.peek();
        next != null && next.atNanos <= untilNanos;
        next = events.peek()) {
      events.remove();
      nowNanos = next.atNanos;
      next.action.run();
    }
    nowNanos = untilNanos;
  }
}
