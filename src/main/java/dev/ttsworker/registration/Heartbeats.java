package dev.ttsworker.registration;

import dev.ttsworker.lifecycle.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Heartbeat of one record in a store: written while this worker is serving, removed while it is
/// not. For one thread, except [#registered].
final class Heartbeats {
  static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
  static final Duration MAX_BACKOFF = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

  private final RecordStore store;
  private final String key;
  private final Source source;
  private final Duration timeToLive;
  private final Duration interval;
  private final InstantSource clock;
  private Instant expires = Instant.MIN;
  private final Backoff backoff = new Backoff(MIN_BACKOFF, MAX_BACKOFF);
  private @Nullable Exception outage;
  private volatile boolean registered;

  /// Creates the record for a point in time.
  interface Source {
    String record(Instant now) throws IOException;
  }

  /// @param store closed by [#end]
  /// @param timeToLive after which the store drops a record
  Heartbeats(
      RecordStore store,
      String key,
      Source source,
      Duration timeToLive,
      Duration interval,
      InstantSource clock) {
    this.store = store;
    this.key = key;
    this.source = source;
    this.timeToLive = timeToLive;
    this.interval = interval;
    this.clock = clock;
  }

  /// Writes or removes the record.
  ///
  /// @param serving whether this worker is serving
  /// @return delay of the next attempt; empty when nothing is due until `serving` changes
  Optional<Duration> beat(boolean serving) {
    try {
      if (serving) {
        write();
      } else {
        remove();
      }
      backoff.reset();
      outage = null;
      return serving ? Optional.of(interval) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return failed(e, serving);
    }
  }

  private void write() throws IOException {
    Instant now = clock.instant();
    String record = source.record(now);
    Instant before = expires;
    // Before the write, which may succeed even if its response is lost.
    expires = now.plus(timeToLive);
    try {
      store.put(key, record, timeToLive);
    } catch (LoginRefusedException e) {
      expires = before;
      throw e;
    }
    if (!registered) {
      registered = true;
      LOG.info("Registered with Redis as {}", key);
      LOG.debug("The record is {}", record);
    }
  }

  private void remove() throws IOException {
    registered = false;
    if (mayBeStored()) {
      store.remove(key);
      expires = Instant.MIN;
      LOG.info("No longer registered with Redis");
    }
  }

  private boolean mayBeStored() {
    return clock.instant().isBefore(expires);
  }

  /// Logs one line per outage, and another one when Redis is back but rejects the login.
  private Optional<Duration> failed(Exception failure, boolean serving) {
    registered = false;
    if (outage == null || outage.getClass() != failure.getClass()) {
      logOutage(failure);
    } else {
      LOG.debug("Redis still cannot be used: {}", failure.getMessage());
    }
    outage = failure;
    Duration now = backoff.next();
    return serving || mayBeStored() ? Optional.of(now) : Optional.empty();
  }

  private static void logOutage(Exception failure) {
    String why = String.valueOf(failure.getMessage());
    if (failure instanceof IOException) {
      LOG.atWarn()
          .addKeyValue("error", why)
          .log("Not registered with Redis, trying again until it works; speech goes on: {}", why);
    } else {
      LOG.atError().setCause(failure).log("Not registered with Redis, retrying (internal error)");
    }
  }

  /// Whether the latest heartbeat was written and the record not removed since.
  boolean registered() {
    return registered;
  }

  /// Removes the record, if it may be stored, and closes the store. One attempt.
  void end() {
    try (store) {
      remove();
    } catch (IOException e) {
      LOG.warn(
          "A registration may stay in Redis until it expires, within {} s: {}",
          timeToLive.toSeconds(),
          e.getMessage());
    }
  }
}
