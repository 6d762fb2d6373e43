package dev.ttsworker.bench.load;

import java.util.OptionalLong;

/// One call that was interrupted, and what still came of it. Thread-safe.
final class Interruption {
  private final Kind kind;
  private final long requestNanos;
  private OptionalLong answerNanos = OptionalLong.empty();
  private OptionalLong lastFrameNanos = OptionalLong.empty();
  private boolean released;
  private int framesAfterAnswer;

  /// Ways to interrupt.
  enum Kind {
    STOP,
    PAUSE,
    CANCEL
  }

  /// @param requestNanos when the request goes out
  Interruption(Kind kind, long requestNanos) {
    this.kind = kind;
    this.requestNanos = requestNanos;
  }

  synchronized void audio(long nowNanos) {
    if (released) {
      return;
    }
    lastFrameNanos = OptionalLong.of(nowNanos);
    if (answerNanos.isPresent()) {
      framesAfterAnswer++;
    }
  }

  synchronized void answered(long nowNanos) {
    answerNanos = OptionalLong.of(nowNanos);
  }

  /// The call may go on: what comes from now on is right.
  synchronized void release() {
    released = true;
  }

  boolean endsWithFailure() {
    return kind == Kind.CANCEL;
  }

  Kind kind() {
    return kind;
  }

  /// From the request to the last frame after it; 0 when there was none.
  synchronized long lastFrameAfterNanos() {
    return lastFrameNanos.isPresent() ? lastFrameNanos.getAsLong() - requestNanos : 0;
  }

  synchronized int framesAfterAnswer() {
    return framesAfterAnswer;
  }
}
