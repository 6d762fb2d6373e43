package dev.ttsworker.bench.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/// Busy time of a worker's inference threads.
final class WorkerMeter {
  /// Over which a worker tells its utilization.
  private static final long RECENT_NANOS = 5_000_000_000L;

  private final Agenda agenda;
  private final int threads;
  private final long sinceNanos;
  private final Deque<Reading> readings = new ArrayDeque<>();
  private int busy;
  private long changedNanos;
  private double busyNanos;

  WorkerMeter(Agenda agenda, int threads) {
    this.agenda = agenda;
    this.threads = threads;
    this.sinceNanos = agenda.nowNanos();
    this.changedNanos = sinceNanos;
    readings.add(new Reading(sinceNanos, 0));
  }

  private record Reading(long atNanos, double busyNanos) {}

  /// When the worker began to serve.
  long sinceNanos() {
    return sinceNanos;
  }

  /// So many threads are busy from now on.
  void busy(int count) {
    busyNanos = busyNanos();
    changedNanos = agenda.nowNanos();
    busy = count;
  }

  /// Thread time spent so far.
  double busyNanos() {
    return busyNanos + (double) busy * (agenda.nowNanos() - changedNanos);
  }

  /// Remembers how much was spent up to now; to be called about every second.
  void read() {
    long now = agenda.nowNanos();
    while (readings.size() > 1 && readings.getFirst().atNanos < now - RECENT_NANOS) {
      readings.removeFirst();
    }
    readings.add(new Reading(now, busyNanos()));
  }

  /// Share of the threads' time in use since the oldest reading, 0..1.
  double recentUtilization() {
    Reading oldest = readings.getFirst();
    long length = agenda.nowNanos() - oldest.atNanos;
    return length <= 0 ? 0 : (busyNanos() - oldest.busyNanos) / ((double) length * threads);
  }
}
