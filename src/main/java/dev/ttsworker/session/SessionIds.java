package dev.ttsworker.session;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.UUID;

/// Session ids: what callers may send, and how messages and the log show it.
final class SessionIds {
  private static final int MAX_CODE_POINTS = 256;

  private SessionIds() {}

  /// Checks the id of a session that is to be opened.
  ///
  /// @throws WorkerException `MISSING_FIELD`, `INVALID_FIELD`
  static void check(String sessionId) {
    requirePresent(sessionId);
    int length = sessionId.codePointCount(0, sessionId.length());
    if (length > MAX_CODE_POINTS) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          "session_id has " + length + " characters; allowed: 1 to " + MAX_CODE_POINTS);
    }
  }

  /// @throws WorkerException `MISSING_FIELD`
  static void requirePresent(String sessionId) {
    if (sessionId.isEmpty()) {
      throw new WorkerException(ErrorCode.MISSING_FIELD, "Missing session_id");
    }
  }

  /// The id of a call's own session: the caller's, or one of the worker's.
  ///
  /// @throws WorkerException `INVALID_FIELD`
  static String of(StandaloneCall asked) {
    if (asked.sessionId().isEmpty()) {
      return asked.protocol().label() + "-" + UUID.randomUUID();
    }
    check(asked.sessionId());
    return asked.sessionId();
  }

  static WorkerException notFound(String sessionId) {
    return new WorkerException(
        ErrorCode.SESSION_NOT_FOUND, "Session " + truncated(sessionId) + " not found");
  }

  /// The id, cut off when it is longer than allowed.
  static String truncated(String sessionId) {
    int length = sessionId.codePointCount(0, sessionId.length());
    return length > MAX_CODE_POINTS
        ? sessionId.substring(0, sessionId.offsetByCodePoints(0, MAX_CODE_POINTS)) + "…"
        : sessionId;
  }
}
