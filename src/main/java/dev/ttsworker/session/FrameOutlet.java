package dev.ttsworker.session;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongSupplier;

/// One call's way out: frames that are computed leave as the reader takes them. The newest one is
/// held back until the next one is there, so that the last one can be marked. Guarded by the call's
/// lock.
final class FrameOutlet {
  /// Frames that leave at most in one go once the reader is ready, 160 ms of audio: each asking
  /// costs a wake-up.
  private static final int LARGEST_BURST = 8;

  private static final Frame NOTHING = new Frame(new byte[0], List.of());

  private final FrameReceiver receiver;
  private final PlayoutClock playout;
  private final FrameCounts counts;
  private final CallWords words;
  private final LongSupplier nanoTime;
  private final Queue<Frame> waiting = new ArrayDeque<>();
  private boolean leaving;

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

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Frame(byte[] pcm, List<WordTiming> words) {}

  boolean isReady() {
    return receiver.isReady();
  }

  /// Whether a frame is there that has not left.
  boolean holdsFrame() {
    return !waiting.isEmpty();
  }

  /// Frames that could leave if the reader took them.
  int excess() {
    return Math.max(0, waiting.size() - 1);
  }

  /// Takes frames, the first one with the words that were announced before it. They are to be sent
  /// by [#flush].
  void add(List<byte[]> frames) {
    for (byte[] pcm : frames) {
      waiting.add(new Frame(pcm, words.take()));
    }
  }

  /// Sends what the reader takes now, the newest frame excepted.
  void flush() {
    // A receiver may say that it is ready while it is being sent to.
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

  /// No more than the listener has buffered: of a reader who takes little at a time it is seen
  /// whenever that takes something, not only when a whole burst is through.
  private int burst() {
    long lead = playout.leadNanos(nanoTime.getAsLong()) / PlayoutClock.FRAME_NANOS;
    return Math.clamp(lead, 1, LARGEST_BURST);
  }

  /// Sends the oldest frame that waits, or an empty one, as the last; the others are dropped.
  void complete(CallEnd how) {
    send(waiting.isEmpty() ? NOTHING : waiting.remove(), Optional.of(how));
    receiver.complete();
    drop();
  }

  /// Sends the frames that wait, and then the failure. While the call is paused only one leaves.
  void fail(WorkerException failure) {
    do {
      if (!waiting.isEmpty()) {
        send(waiting.remove(), Optional.empty());
      }
    } while (!waiting.isEmpty() && !playout.isPaused());
    receiver.fail(failure);
    drop();
  }

  /// What has not left never will.
  void drop() {
    waiting.clear();
    counts.drop();
  }

  private void send(Frame frame, Optional<CallEnd> end) {
    byte[] pcm = frame.pcm();
    if (pcm.length == 0) {
      receiver.send(pcm, frame.words(), Math.max(1, playout.frames()), end);
      return;
    }
    long now = nanoTime.getAsLong();
    playout.frameLeft(now);
    receiver.send(pcm, frame.words(), playout.frames(), end);
    counts.left(pcm, now, nanoTime.getAsLong());
  }
}
