package dev.ttsworker.engine.synthesis;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.BooleanSupplier;

/// Job cost: measures what a job takes of an inference thread. Thread-safe; a mark is for its own
/// thread.
///
/// On the CPU it is the processor time of the thread, and of the time it had to wait for a
/// processor at most a quarter more: what else runs on the machine makes speech a little more
/// expensive, and cannot make it look unaffordable. A job that waits for an accelerator takes the
/// whole time.
public final class WorkClock {
  private static final double MOST_OF_PROCESSOR_TIME = 1.25;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final BooleanSupplier accelerated;

  /// @param accelerated whether jobs wait for an accelerator now
  public WorkClock(BooleanSupplier accelerated) {
    this.accelerated = accelerated;
  }

  /// The beginning of a job.
  ///
  /// @param processorNanos -1 when the system does not give it
  record Mark(long nanos, long processorNanos) {}

  Mark mark() {
    return new Mark(System.nanoTime(), threads.getCurrentThreadCpuTime());
  }

  /// What the job has taken since a mark on the same thread.
  long nanosSince(Mark begin) {
    long passed = System.nanoTime() - begin.nanos();
    if (accelerated.getAsBoolean() || begin.processorNanos() < 0) {
      return passed;
    }
    long processor = threads.getCurrentThreadCpuTime() - begin.processorNanos();
    return Math.min(passed, Math.round(MOST_OF_PROCESSOR_TIME * processor));
  }
}
