package dev.ttsworker.session;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// The text of one call that has come in and is not yet spoken. Guarded by the call's lock.
final class CallText {
  /// What a piece takes beside its characters.
  private static final int BYTES_PER_PIECE = 64;

  private final LimitSettings limits;
  private final Duration maxWait;
  private final ByteBudget budget;
  private final int longestPart;
  private final Queue<String> pieces = new ArrayDeque<>();
  private long taken;
  private long latestNanos;
  private boolean ended;

  /// @param maxWait how long nothing may come before what is held is spoken; zero: for ever
  /// @param budget of the text that waits, over all calls
  /// @param longestPart chars of a piece that are handed on at once; a longer one comes in parts
  CallText(LimitSettings limits, Duration maxWait, ByteBudget budget, int longestPart) {
    this.longestPart = longestPart;
    this.limits = limits;
    this.maxWait = maxWait;
    this.budget = budget;
  }

  /// Takes a piece, to be told in parts when it is long; what comes after the end is ignored.
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
        piece.length() > longestPart ? TextEvent.Piece.divide(piece) : List.of(piece);
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

  /// Drops what waits, and takes no more.
  void close() {
    ended = true;
    pieces.forEach(piece -> budget.release(bytes(piece)));
    pieces.clear();
  }

  /// Characters that came so far.
  long characters() {
    return taken;
  }

  /// Whether a piece waits.
  boolean hasPieces() {
    return !pieces.isEmpty();
  }

  /// How long to wait from now on; 0 or less when [#poll] has something to tell. Silence begins
  /// with the latest piece, whatever was done since.
  ///
  /// @param holding whether text is held that waits for its end
  long patienceNanos(boolean holding, long nowNanos) {
    if (ended || !pieces.isEmpty()) {
      return 0;
    }
    return holding && maxWait.isPositive()
        ? latestNanos + maxWait.toNanos() - nowNanos
        : Long.MAX_VALUE;
  }

  /// What there is to tell.
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
