package dev.ttsworker.voices;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A timer and its clock that stand still until the test moves them; due tasks run on the test's
/// thread.
public final class FakeTimer extends AbstractExecutorService implements ScheduledExecutorService {
  private final List<Task<?>> tasks = new ArrayList<>();
  private long nanos;

  public synchronized long nanoTime() {
    return nanos;
  }

  /// Waits until a task with exactly this delay is pending.
  public synchronized void awaitTask(Duration delay) throws InterruptedException {
    while (tasks.stream().noneMatch(task -> !task.isDone() && task.delay.equals(delay))) {
      wait();
    }
  }

  public synchronized long pending() {
    return tasks.stream().filter(task -> !task.isDone()).count();
  }

  /// The delays of the tasks that are pending.
  public synchronized List<Duration> delays() {
    return tasks.stream().filter(task -> !task.isDone()).map(task -> task.delay).toList();
  }

  public void advance(Duration time) {
    long end = nanoTime() + time.toNanos();
    for (Optional<Task<?>> due = takeDue(end); due.isPresent(); due = takeDue(end)) {
      due.get().run();
    }
    moveTo(end);
  }

  private synchronized void moveTo(long end) {
    nanos = end;
  }

  private synchronized Optional<Task<?>> takeDue(long end) {
    tasks.removeIf(FutureTask::isDone);
    Optional<Task<?>> due =
        tasks.stream()
            .filter(task -> task.dueNanos <= end)
            .min(Comparator.comparingLong(task -> task.dueNanos));
    due.ifPresent(task -> {
      tasks.remove(task);
      nanos = task.dueNanos;
    });
    return due;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(
        () -> {
          command.run();
          return command;
        },
        delay,
        unit);
  }

  @Override
  public synchronized <V> ScheduledFuture<V> schedule(
      Callable<V> callable, long delay, TimeUnit unit) {
    Duration wait = Duration.of(delay, unit.toChronoUnit());
    Task<V> task = new Task<>(callable, wait, nanos + wait.toNanos());
    tasks.add(task);
    notifyAll();
    return task;
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  private static final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final Duration delay;
    private final long dueNanos;

    Task(Callable<V> callable, Duration delay, long dueNanos) {
      super(callable);
      this.delay = delay;
      this.dueNanos = dueNanos;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(delay);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
