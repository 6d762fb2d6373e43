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

/// Keeps one record in a store while this worker can speak, and out of it while it cannot. Used by
/// one thread; only [#registered] may be asked by others.
final class Heartbeats {
  static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

  private final RecordStore store;
  private final String key;
  private final Source source;
  private final Duration timeToLive;
  private final Duration interval;
  private final InstantSource clock;
  private Instant gone = Instant.MIN;
  private final Backoff backoff = new Backoff(SHORTEST_WAIT, LONGEST_WAIT);
  private @Nullable Exception outage;
  private volatile boolean registered;

  /// Makes the record as it is at some time.
  interface Source {
    String record(Instant now) throws IOException;
  }

  /// @param store is closed by [#end]
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
  /// @param serving whether this worker can speak
  /// @return when to do it again; empty when there is nothing to do until `serving` changes
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
    Instant before = gone;
    // Before the answer, since a write whose answer does not come may have happened.
    gone = now.plus(timeToLive);
    try {
      store.put(key, record, timeToLive);
    } catch (LoginRefusedException e) {
      gone = before;
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
    if (mayBeThere()) {
      store.remove(key);
      gone = Instant.MIN;
      LOG.info("No longer registered with Redis");
    }
  }

  private boolean mayBeThere() {
    return clock.instant().isBefore(gone);
  }

  /// One line for each outage, and one more when Redis is back but does not let us in.
  private Optional<Duration> failed(Exception failure, boolean serving) {
    registered = false;
    if (outage == null || outage.getClass() != failure.getClass()) {
      tell(failure);
    } else {
      LOG.debug("Redis still cannot be used: {}", failure.getMessage());
    }
    outage = failure;
    Duration now = backoff.next();
    return serving || mayBeThere() ? Optional.of(now) : Optional.empty();
  }

  private static void tell(Exception failure) {
    String why = String.valueOf(failure.getMessage());
    if (failure instanceof IOException) {
      LOG.atWarn()
          .addKeyValue("error", why)
          .log("Not registered with Redis, trying again until it works; speech goes on: {}", why);
    } else {
      LOG.atError().setCause(failure).log("Not registered with Redis, trying again: our fault");
    }
  }

  /// Whether the latest heartbeat was written and the record not removed since.
  boolean registered() {
    return registered;
  }

  /// Removes the record, if one may be there, and closes the store. Tries once.
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
