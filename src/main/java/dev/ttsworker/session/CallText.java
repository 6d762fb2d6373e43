package dev.ttsworker.session;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// The text of one call that has come in and is not yet spoken. Guarded by the call's lock.
final class CallText {
  private final LimitSettings limits;
  private final Queue<String> pieces = new ArrayDeque<>();
  private long taken;
  private boolean ended;

  CallText(LimitSettings limits) {
    this.limits = limits;
  }

  /// Takes a piece; what comes after the end is ignored.
  ///
  /// @throws WorkerException `TEXT_TOO_LONG`
  void add(String piece) {
    if (ended || piece.isEmpty()) {
      return;
    }
    if (piece.length() > limits.maxChunkChars()) {
      throw tooLong("text", piece.length(), "limits.max_chunk_chars", limits.maxChunkChars());
    }
    taken += piece.length();
    if (taken > limits.maxCallChars()) {
      throw tooLong("text of the call", taken, "limits.max_call_chars", limits.maxCallChars());
    }
    pieces.add(piece);
  }

  void end() {
    ended = true;
  }

  boolean hasNews() {
    return ended || !pieces.isEmpty();
  }

  /// The next piece; empty once everything was handed out.
  Optional<String> poll() {
    return Optional.ofNullable(pieces.poll());
  }

  private static WorkerException tooLong(String what, long length, String limit, int allowed) {
    return new WorkerException(
        ErrorCode.TEXT_TOO_LONG,
        what + " has " + length + " characters; allowed: " + allowed + " (" + limit + ")");
  }
}
