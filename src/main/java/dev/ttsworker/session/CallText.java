package dev.ttsworker.session;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// Text buffer of one call: received and not yet synthesized. Guarded by the call's lock.
final class CallText {
  /// Overhead of a piece in addition to its characters.
  private static final int BYTES_PER_PIECE = 64;

  private final LimitSettings limits;
  private final Duration maxWait;
  private final ByteBudget budget;
  private final int maxPieceChars;
  private final Queue<String> pieces = new ArrayDeque<>();
  private long taken;
  private long latestNanos;
  private boolean ended;

  /// @param maxWait silence after which an unfinished sentence is spoken; zero: never
  /// @param budget of buffered text, over all calls
  /// @param maxPieceChars length from which a piece is divided
  CallText(LimitSettings limits, Duration maxWait, ByteBudget budget, int maxPieceChars) {
    this.maxPieceChars = maxPieceChars;
    this.limits = limits;
    this.maxWait = maxWait;
    this.budget = budget;
  }

  /// Appends a piece, divided when it is long; ignored after the end.
  ///
  /// @throws WorkerException `TEXT_TOO_LONG`, `BUDGET_EXCEEDED`
  void add(String piece, long nowNanos) {
    if (ended || piece.isEmpty()) {
      return;
    }
    if (piece.length() > limits.maxChunkChars()) {
      throw tooLong("text", piece.length(), "limits.max_chunk_chars", limits.maxChunkChars());
    }
    if (taken + piece.length() > limits.maxCallChars()) {
      throw tooLong(
          "text of the call",
          taken + piece.length(),
          "limits.max_call_chars",
          limits.maxCallChars());
    }
    List<String> parts =
        piece.length() > maxPieceChars ? TextEvent.Piece.divide(piece) : List.of(piece);
    budget.reserve(parts.stream().mapToLong(CallText::bytes).sum());
    taken += piece.length();
    pieces.addAll(parts);
    latestNanos = nowNanos;
  }

  private static long bytes(String piece) {
    return BYTES_PER_PIECE + 2L * piece.length();
  }

  void end() {
    ended = true;
  }

  /// Drops the buffered text and ignores further text.
  void close() {
    ended = true;
    pieces.forEach(piece -> budget.release(bytes(piece)));
    pieces.clear();
  }

  /// Characters received so far.
  long characters() {
    return taken;
  }

  /// Whether a piece is buffered.
  boolean hasPieces() {
    return !pieces.isEmpty();
  }

  /// How long to wait from now on; 0 or less when [#poll] has an event. Silence is measured from
  /// the latest piece.
  ///
  /// @param holding whether the reader holds an unfinished sentence
  long patienceNanos(boolean holding, long nowNanos) {
    if (ended || !pieces.isEmpty()) {
      return 0;
    }
    return holding && maxWait.isPositive()
        ? latestNanos + maxWait.toNanos() - nowNanos
        : Long.MAX_VALUE;
  }

  /// The next event.
  TextEvent poll() {
    String piece = pieces.poll();
    if (piece != null) {
      budget.release(bytes(piece));
      return new TextEvent.Piece(piece);
    }
    return ended ? new TextEvent.End() : new TextEvent.Quiet();
  }

  private static WorkerException tooLong(String what, long length, String limit, int allowed) {
    return new WorkerException(
        ErrorCode.TEXT_TOO_LONG,
        what + " has " + length + " characters; allowed: " + allowed + " (" + limit + ")");
  }
}
