package dev.ttsworker.session;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongSupplier;

/// Outbound frame queue of one call: computed frames leave as the reader takes them. The newest
/// frame is held back until the next one arrives, so that the last one can be marked as final.
/// Guarded by the call's lock.
final class FrameSender {
  /// Maximum burst once the reader is ready, 160 ms of audio: each readiness notification costs a
  /// wake-up.
  private static final int MAX_BURST_FRAMES = 8;

  private static final Frame NOTHING = new Frame(new byte[0], List.of());

  private final FrameReceiver receiver;
  private final PlayoutClock playout;
  private final FrameCounts counts;
  private final CallWords words;
  private final LongSupplier nanoTime;
  private final Queue<Frame> waiting = new ArrayDeque<>();
  private boolean leaving;

  FrameSender(
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

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Frame(byte[] pcm, List<WordTiming> words) {}

  boolean isReady() {
    return receiver.isReady();
  }

  /// Whether a frame is queued.
  boolean hasFrame() {
    return !waiting.isEmpty();
  }

  /// Frames that the reader could take.
  int backlog() {
    return Math.max(0, waiting.size() - 1);
  }

  /// Queues frames, the first one with the words announced before it, for [#flush].
  void add(List<byte[]> frames) {
    for (byte[] pcm : frames) {
      waiting.add(new Frame(pcm, words.take()));
    }
  }

  /// Sends what the reader takes now, except the newest frame.
  void flush() {
    // A receiver may signal readiness from within `send`.
    if (leaving) {
      return;
    }
    leaving = true;
    try {
      while (waiting.size() > 1 && receiver.isReady()) {
        for (int left = burst(); left > 0 && waiting.size() > 1; left--) {
          send(waiting.remove(), Optional.empty());
        }
      }
    } finally {
      leaving = false;
    }
  }

  /// At most the listener's lead: progress of a slow reader is then seen whenever it takes a frame,
  /// not only after a whole burst.
  private int burst() {
    long lead = playout.leadNanos(nanoTime.getAsLong()) / PlayoutClock.FRAME_NANOS;
    return Math.clamp(lead, 1, MAX_BURST_FRAMES);
  }

  /// Sends the oldest queued frame, or an empty one, as the final frame; drops the others.
  void complete(CallEnd how) {
    send(waiting.isEmpty() ? NOTHING : waiting.remove(), Optional.of(how));
    receiver.complete();
    drop();
  }

  /// Sends the queued frames and then the failure. While the call is paused only one frame leaves.
  void fail(WorkerException failure) {
    do {
      if (!waiting.isEmpty()) {
        send(waiting.remove(), Optional.empty());
      }
    } while (!waiting.isEmpty() && !playout.isPaused());
    receiver.fail(failure);
    drop();
  }

  /// Drops the queued frames.
  void drop() {
    waiting.clear();
    counts.drop();
  }

  private void send(Frame frame, Optional<CallEnd> end) {
    byte[] pcm = frame.pcm();
    if (pcm.length == 0) {
      receiver.send(pcm, frame.words(), Math.max(1, playout.frames()), end.map(this::ending));
      return;
    }
    long now = nanoTime.getAsLong();
    playout.onFrameSent(now);
    receiver.send(pcm, frame.words(), playout.frames(), end.map(this::ending));
    counts.onSent(pcm, now, nanoTime.getAsLong());
  }

  private Ending ending(CallEnd reason) {
    return new Ending(reason, words.receipt(playout.frames()));
  }
}
