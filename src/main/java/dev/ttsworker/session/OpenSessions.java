package dev.ttsworker.session;

import dev.ttsworker.config.SessionSettings;
import dev.ttsworker.metrics.SessionMetrics;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Table of the open sessions, bounded in number and in idle time. Thread-safe.
final class OpenSessions {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);

  private final SessionSettings settings;
  private final SessionMetrics metrics;
  private final LongSupplier nanoTime;
  private final Map<String, Session> open = new ConcurrentHashMap<>();

  OpenSessions(SessionSettings settings, SessionMetrics metrics, LongSupplier nanoTime) {
    this.settings = settings;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  /// Adds a session. It replaces the one with its id, and evicts the longest idle one beyond
  /// `session.max_open`.
  void add(Session session) {
    Session former = open.put(session.id(), session);
    if (former != null) {
      close(former, "replaced", CallEnd.SESSION_REPLACED);
    }
    evictBeyondCap(session);
    metrics.active(open.size());
  }

  /// Adds a session unless its id has one already.
  ///
  /// @return the one that the id has now
  Session addIfAbsent(Session session) {
    Session there = open.putIfAbsent(session.id(), session);
    if (there != null) {
      boolean _ = session.end(CallEnd.SESSION_REPLACED);
      return there;
    }
    evictBeyondCap(session);
    metrics.active(open.size());
    return session;
  }

  Optional<Session> lookUp(String sessionId) {
    return Optional.ofNullable(open.get(sessionId));
  }

  /// @throws dev.ttsworker.error.WorkerException `SESSION_NOT_FOUND`
  Session find(String sessionId) {
    Session session = open.get(sessionId);
    if (session == null) {
      LOG.atInfo()
          .addKeyValue("session_id", SessionIds.truncated(sessionId))
          .log("Session not found");
      throw SessionIds.notFound(sessionId);
    }
    return session;
  }

  /// Ends the session with this id; an unknown one is no failure.
  void end(String sessionId, String why) {
    Session session = open.get(sessionId);
    if (session == null) {
      LOG.atInfo()
          .addKeyValue("session_id", SessionIds.truncated(sessionId))
          .log("No session to end");
    } else {
      end(session, why);
    }
  }

  /// Ends exactly this session, not one that has replaced it.
  void end(Session session, String why) {
    if (open.remove(session.id(), session)) {
      close(session, why, CallEnd.SESSION_ENDED);
      metrics.active(open.size());
    }
  }

  /// Ends a session on which no call runs.
  void endIfIdle(Session session) {
    if (session.endIfIdle()) {
      boolean _ = open.remove(session.id(), session);
      metrics.active(open.size());
      report(session, "with its last call");
    }
  }

  private void close(Session session, String why, CallEnd end) {
    if (session.end(end)) {
      report(session, why);
    }
  }

  private void report(Session session, String why) {
    Duration lasted = Duration.ofNanos(nanoTime.getAsLong() - session.openedNanos());
    metrics.ended(lasted);
    LOG.atInfo()
        .addKeyValue("session_id", session.id())
        .addKeyValue("seconds", lasted.toSeconds())
        .log("Session ended: {}", why);
  }

  /// Ends the sessions that have been idle for longer than `session.idle_ttl_ms`.
  void endIdle() {
    long ttl = settings.idleTimeToLive().toNanos();
    if (ttl == 0) {
      return;
    }
    long now = nanoTime.getAsLong();
    for (Session session : List.copyOf(open.values())) {
      if (session.isIdle() && now - session.lastUsedNanos() > ttl) {
        end(session, "idle for longer than session.idle_ttl_ms");
      }
    }
  }

  void endAll(String why) {
    List.copyOf(open.values()).forEach(session -> end(session, why));
  }

  int size() {
    return open.size();
  }

  private void evictBeyondCap(Session newest) {
    if (open.size() <= settings.maxOpen()) {
      return;
    }
    Optional<Session> longestIdle =
        open.values().stream()
            .filter(session -> session != newest && session.isIdle())
            .min(Comparator.comparingLong(Session::lastUsedNanos));
    longestIdle.ifPresent(session -> {
      LOG.atWarn()
          .addKeyValue("session_id", session.id())
          .log("More than {} sessions open: the longest idle one is dropped", settings.maxOpen());
      end(session, "more than session.max_open");
    });
  }
}
