package dev.ttsworker.registration;

import dev.ttsworker.config.RedisSettings;
import dev.ttsworker.config.WorkerSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Service registration in Redis while this worker is serving. All network I/O runs on one thread
/// of its own, so that only [#close] blocks. Thread-safe.
public final class Registration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final Heartbeats heartbeats;
  private final ScheduledThreadPoolExecutor thread;
  private volatile boolean serving;

  /// Confined to the thread.
  private Future<?> next = new FutureTask<>(() -> null);

  Registration(Heartbeats heartbeats, ThreadFactory threads) {
    this.heartbeats = heartbeats;
    // Tasks after the close are discarded.
    thread = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /// Creates a registration, inactive until [#serving].
  ///
  /// @param port where the worker listens
  /// @param presence read at each heartbeat, on the registration's thread
  /// @param threads creates that thread
  public static Registration with(
      RedisSettings redis,
      WorkerSettings worker,
      int port,
      Supplier<Presence> presence,
      ThreadFactory threads) {
    AdvertisedAddress address = new AdvertisedAddress(worker, port);
    Heartbeats.Source source =
        now ->
            new WorkerRecord(
                    worker.name(), address.find(), worker.capabilities(), presence.get(), now)
                .json();
    return new Registration(
        new Heartbeats(
            new RedisStore(redis.url()),
            key(worker.name()),
            source,
            redis.registrationTimeToLive(),
            redis.heartbeatInterval(),
            InstantSource.system()),
        threads);
  }

  /// Redis key of a worker.
  static String key(String worker) {
    return "worker:" + worker;
  }

  /// Registers or deregisters the worker asynchronously, with retries until it succeeds.
  public void serving(boolean servingNow) {
    serving = servingNow;
    thread.execute(this::beat);
  }

  private void beat() {
    next.cancel(false);
    heartbeats
        .beat(serving)
        .ifPresent(
            wait -> next = thread.schedule(this::beat, wait.toMillis(), TimeUnit.MILLISECONDS));
  }

  /// Whether the latest heartbeat was written.
  public boolean registered() {
    return heartbeats.registered();
  }

  /// Deregisters the worker finally. Blocks for at most a second: a Redis that does not respond
  /// must not delay a shutdown, and the record expires by itself. Idempotent.
  @Override
  public void close() {
    serving = false;
    thread.execute(heartbeats::end);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Redis does not answer; the registration expires by itself");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
