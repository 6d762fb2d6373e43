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

/// Registers this worker with Redis while it can speak. All that waits for the network happens on
/// one thread of its own, so that no method but [#close] waits. Thread-safe.
public final class Registration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Heartbeats heartbeats;
  private final ScheduledThreadPoolExecutor thread;
  private volatile boolean serving;

  /// Only the thread's.
  private Future<?> next = new FutureTask<>(() -> null);

  Registration(Heartbeats heartbeats, ThreadFactory threads) {
    this.heartbeats = heartbeats;
    // What comes after the close is dropped.
    thread = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /// Registers nothing before [#serving].
  ///
  /// @param port where the worker listens
  /// @param presence asked at each heartbeat, on the registration's thread
  /// @param threads makes that thread
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

  /// Under which readers find a worker.
  static String key(String worker) {
    return "worker:" + worker;
  }

  /// Registers the worker when it can speak, takes it out when it cannot; soon, and again and again
  /// until it works. Returns at once.
  public void serving(boolean canSpeak) {
    serving = canSpeak;
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

  /// Takes the worker out of Redis for good. Waits for that a second at most: a Redis that does not
  /// answer must not delay a shutdown, and the record expires by itself. Idempotent.
  @Override
  public void close() {
    serving = false;
    thread.execute(heartbeats::end);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Redis does not answer; the registration expires by itself");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
