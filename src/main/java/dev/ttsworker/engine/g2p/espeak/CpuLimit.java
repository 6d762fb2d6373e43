package dev.ttsworker.engine.g2p.espeak;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Watchdog of processor time: ends the program when one task exceeds the limit, as native code in
/// an endless loop does. Processor time instead of elapsed time, so that a busy machine is not
/// taken for a loop. For one working thread, and the one of `later`.
final class CpuLimit {
  private final Supplier<Duration> used;
  private final Duration limit;
  private final Executor later;
  private final Runnable end;
  private final AtomicInteger work = new AtomicInteger();

  /// @param used processor time of this process until now
  /// @param limit of one task, exceeded by a little more
  /// @param later runs tasks after a delay, such as a quarter of the limit
  /// @param end ends the program
  CpuLimit(Supplier<Duration> used, Duration limit, Executor later, Runnable end) {
    this.used = used;
    this.limit = limit;
    this.later = later;
    this.end = end;
  }

  /// Begins a task. The caller closes it at its end.
  Work begin() {
    int number = work.incrementAndGet();
    later.execute(() -> {
      if (work.get() == number) {
        watch(number, used.get());
      }
    });
    return () -> work.compareAndSet(number, number + 1);
  }

  private void watch(int number, Duration before) {
    later.execute(() -> {
      if (work.get() != number) {
        return;
      }
      if (used.get().minus(before).compareTo(limit) >= 0) {
        end.run();
      } else {
        watch(number, before);
      }
    });
  }

  /// Task that is watched until it is closed.
  interface Work extends AutoCloseable {
    @Override
    void close();
  }

  /// Processor time of the whole process, which does nothing else.
  static Duration ofThisProcess() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Executor of tasks after `delay`.
  static Executor after(Duration delay) {
    return CompletableFuture.delayedExecutor(
        delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
  }
}
