package dev.ttsworker.session;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.synthesis.WordTime;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One call's way out. The newest frame is held back until the next one is there, so that the last
/// one can be marked. Guarded by the call's lock.
final class FrameOutlet {
  private static final byte[] NO_AUDIO = {};

  private final FrameReceiver receiver;
  private final PlayoutClock playout;
  private final FrameCounts counts;
  private final CallWords words;
  private final LongSupplier nanoTime;
  private byte @Nullable [] held;
  private List<WordTime> heldWords = List.of();

  FrameOutlet(
      FrameReceiver receiver,
      PlayoutClock playout,
      FrameCounts counts,
      CallWords words,
      LongSupplier nanoTime) {
    this.receiver = receiver;
    this.playout = playout;
    this.counts = counts;
    this.words = words;
    this.nanoTime = nanoTime;
  }

  boolean isReady() {
    return receiver.isReady();
  }

  boolean holdsFrame() {
    return held != null;
  }

  /// Holds a frame back with the words that were announced before it; the former one must have been
  /// sent.
  void hold(byte[] pcm) {
    held = pcm;
    heldWords = words.take();
  }

  /// Sends the frame that is held back, if any.
  void sendHeld() {
    if (held != null) {
      send(held, Optional.empty());
      held = null;
    }
  }

  /// Sends the frame that is held back, or an empty one, as the last.
  void complete(CallEnd how) {
    send(held == null ? NO_AUDIO : held, Optional.of(how));
    receiver.complete();
    drop();
  }

  /// Sends the frame that is held back, if any, and then the failure.
  void fail(WorkerException failure) {
    sendHeld();
    receiver.fail(failure);
    drop();
  }

  /// What has not left never will.
  void drop() {
    held = null;
    counts.drop();
  }

  private void send(byte[] pcm, Optional<CallEnd> end) {
    if (pcm.length == 0) {
      receiver.send(pcm, heldWords, Math.max(1, playout.frames()), end);
      return;
    }
    long now = nanoTime.getAsLong();
    playout.frameLeft(now);
    receiver.send(pcm, heldWords, playout.frames(), end);
    counts.left(pcm, now, nanoTime.getAsLong());
  }
}
