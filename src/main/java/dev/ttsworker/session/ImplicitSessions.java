package dev.ttsworker.session;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voices.Models;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Sessions of callers whose session is not open here, since another worker has it or had it: with
/// the default voice and options, found by Control and EndSession, and ended with their last call.
/// Thread-safe.
final class ImplicitSessions {
  private final Models models;
  private final SessionFactory factory;
  private final OpenSessions open;
  private final LongSupplier nanoTime;

  ImplicitSessions(
      Models models, SessionFactory factory, OpenSessions open, LongSupplier nanoTime) {
    this.models = models;
    this.factory = factory;
    this.open = open;
    this.nanoTime = nanoTime;
  }

  /// A call with a session of its own, for callers who name none.
  static StandaloneCall unnamed() {
    return StandaloneCall.ofTts("", "", Map.of());
  }

  /// Opens a call on the session with this id, which is opened when there is none.
  ///
  /// @param opener opens the call on a session
  /// @throws WorkerException the opener's, `INVALID_FIELD`, and as [Models#acquire]
  CallTask openCall(String id, Function<Session, CallTask> opener) {
    SessionIds.check(id);
    while (true) {
      Session session = open.lookUp(id).orElseGet(() -> open.addIfAbsent(create(id)));
      try {
        return opener.apply(session);
      } catch (WorkerException e) {
        open.endIfIdle(session);
        if (e.code() != ErrorCode.SESSION_NOT_FOUND) {
          throw e;
        }
        // It ended after it was found: open another one.
      }
    }
  }

  private Session create(String id) {
    Session session =
        factory.create(id, models.acquire(""), ImplicitSessions::unnamed, nanoTime.getAsLong());
    session.whenIdle(open::endIfIdle);
    return session;
  }
}
