package dev.ttsworker.session;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.metrics.CallFrameMetrics;
import dev.ttsworker.synthesis.FrameSink;
import dev.ttsworker.synthesis.TextEvent;
import dev.ttsworker.synthesis.TextSource;
import dev.ttsworker.synthesis.WordTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One Synthesize call: text comes in from the wire's thread, frames go out from the speaking
/// thread, and control comes from anywhere. Thread-safe: everything happens under one lock, which
/// nobody holds while waiting or computing.
///
/// The newest frame is held back until the next one is there, so that the last one can be marked.
public final class Call implements FrameSink, TextSource {
  private static final byte[] NO_AUDIO = {};

  /// Frames that leave in one go once the reader is ready, 160 ms of audio: each asking costs a
  /// wake-up of this call's thread.
  private static final int BURST = 8;

  /// How long a pause waits for frames that are on their way out.
  private static final long LEAVING_NANOS = 15_000_000;

  /// How a call ended; the label of its metrics.
  public enum Outcome {
    COMPLETED,
    STOPPED,
    CANCELLED,
    FAILED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CancelSignal cancel = new CancelSignal();
  private final CallText text;
  private final FrameReceiver receiver;
  private final Duration maxLead;
  private final Duration maxPause;
  private final LongSupplier nanoTime;
  private final PlayoutClock playout;
  private final FrameCounts counts;
  private final CallWords words = new CallWords();
  private byte @Nullable [] held;
  private List<WordTime> heldWords = List.of();
  private @Nullable Outcome outcome;
  private boolean hurrying;
  private boolean textIsAwaited;
  private boolean readerIsAwaited;

  Call(
      CallText text,
      FrameReceiver receiver,
      CallLimits limits,
      CallFrameMetrics metrics,
      LongSupplier nanoTime) {
    this.text = text;
    this.receiver = receiver;
    this.maxLead = limits.maxLead();
    this.maxPause = limits.maxPause();
    this.nanoTime = nanoTime;
    long openedNanos = nanoTime.getAsLong();
    this.playout = new PlayoutClock(openedNanos);
    this.counts = new FrameCounts(metrics, openedNanos);
  }

  /// Bounds of one call.
  record CallLimits(Duration maxLead, Duration maxPause) {}

  /// Takes the next piece of text. Text beyond the limits ends the call with `TEXT_TOO_LONG`, after
  /// the frames that are there.
  public void acceptText(String piece) {
    locked(() -> {
      try {
        text.add(piece, nanoTime.getAsLong());
      } catch (WorkerException tooLong) {
        endWith(tooLong);
      }
    });
  }

  /// Ends the input; a second time does nothing.
  public void endText() {
    locked(text::end);
  }

  /// Must be told when [FrameReceiver#isReady] turns true.
  public void receiverReady() {
    locked(() -> {});
  }

  /// The caller is gone: no further frame, computation ends.
  public void callerGone() {
    locked(() -> endQuietly(Outcome.CANCELLED));
  }

  /// No frame leaves after this returned, until [#resume]. Frames that are still inside the
  /// transport are waited for, unless the reader has stopped reading. Returns what has left.
  Receipt pause() {
    return asked(() -> {
      playout.pause(nanoTime.getAsLong());
      changed.signalAll();
      long patience = LEAVING_NANOS;
      while (outcome == null && playout.isPaused() && !receiver.isReady() && patience > 0) {
        patience = leftOf(patience);
      }
      return words.receipt(playout.frames());
    });
  }

  /// Goes on with the next sample.
  void resume() {
    locked(() -> playout.resume(nanoTime.getAsLong()));
  }

  /// Ends the call with its final frame at once and drops its queued work; frees a paused call.
  /// Returns what has left, the final frame included.
  Receipt stop() {
    return asked(() -> {
      finish(Outcome.STOPPED);
      return words.receipt(playout.frames());
    });
  }

  /// From now on the lead is not limited: the worker drains.
  void hurry() {
    locked(() -> hurrying = true);
  }

  CancelSignal cancelSignal() {
    return cancel;
  }

  /// Sends the final frame when everything was spoken.
  void complete() {
    locked(() -> {
      while (outcome == null && playout.isPaused()) {
        awaitChange(Long.MAX_VALUE);
      }
      finish(Outcome.COMPLETED);
    });
  }

  /// Ends the call with a failure, after the frames that are there; nothing when it has ended.
  void fail(WorkerException failure) {
    locked(() -> endWith(failure));
  }

  /// How it ended; empty while it runs.
  Optional<Outcome> outcome() {
    return asked(() -> Optional.ofNullable(outcome));
  }

  /// Frames that left.
  long frames() {
    return asked(() -> playout.frames());
  }

  /// Frames that are computed and have not left.
  int framesWaiting() {
    return asked(() -> counts.waiting());
  }

  /// Time from the opening to the first frame that left; empty before.
  Optional<Duration> firstAudio() {
    return asked(() -> counts.firstAudio());
  }

  @Override
  public TextEvent next(boolean holding) {
    lock.lock();
    try {
      long patience = text.patienceNanos(holding, nanoTime.getAsLong());
      while (outcome == null && patience > 0) {
        textIsAwaited = true;
        awaitChange(patience);
        patience = text.patienceNanos(holding, nanoTime.getAsLong());
      }
      if (textIsAwaited) {
        textIsAwaited = false;
        playout.textCame(nanoTime.getAsLong());
      }
      refuseWhenEnded();
      return text.poll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<TextEvent> poll() {
    return asked(() -> {
      refuseWhenEnded();
      boolean there = text.patienceNanos(false, nanoTime.getAsLong()) <= 0;
      return there ? Optional.of(text.poll()) : Optional.empty();
    });
  }

  @Override
  public void awaitRoom() {
    lock.lock();
    try {
      long excess = excessNanos();
      while (outcome == null && excess > 0) {
        awaitChange(playout.isPaused() ? Long.MAX_VALUE : excess);
        excess = excessNanos();
      }
      refuseWhenEnded();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void accept(List<byte[]> frames) {
    lock.lock();
    try {
      counts.made(frames.size(), outcome == null && playout.isDry(nanoTime.getAsLong()));
      int burst = 0;
      for (byte[] pcm : frames) {
        byte[] previous = held;
        if (previous != null) {
          burst = burst > 0 ? burst - 1 : awaitReader();
          send(previous, heldWords, false);
        }
        refuseWhenEnded();
        held = pcm;
        heldWords = words.take();
      }
      counts.delivered();
    } finally {
      if (outcome != null) {
        counts.drop();
      }
      lock.unlock();
    }
  }

  @Override
  public void announce(List<WordTime> announced) {
    locked(() -> words.announce(announced));
  }

  /// Waits until frames may leave.
  ///
  /// @return how many may leave after the next one without asking again
  private int awaitReader() {
    while (outcome == null && (playout.isPaused() || !receiver.isReady())) {
      readerIsAwaited = true;
      awaitChange(Long.MAX_VALUE);
    }
    readerIsAwaited = false;
    refuseWhenEnded();
    return BURST - 1;
  }

  @Override
  public long deadlineNanos() {
    return asked(() -> playout.dryNanos());
  }

  @Override
  public OptionalLong leadNanos() {
    return asked(() -> OptionalLong.of(playout.leadNanos(nanoTime.getAsLong())));
  }

  /// What this call needs of the inference threads from now on.
  Demand demand() {
    return asked(() -> {
      if (outcome != null || textIsAwaited || readerIsAwaited || playout.isPaused()) {
        return Demand.NONE;
      }
      return playout.frames() == 0
          ? Demand.FIRST_SOUND
          : new Demand.Speech(Duration.ofNanos(playout.leadNanos(nanoTime.getAsLong())));
    });
  }

  /// What it does now.
  RunningCall.Phase phase() {
    return asked(() -> {
      if (playout.isPaused()) {
        return RunningCall.Phase.PAUSED;
      }
      if (textIsAwaited) {
        return RunningCall.Phase.AWAITING_TEXT;
      }
      if (readerIsAwaited) {
        return RunningCall.Phase.AWAITING_READER;
      }
      return playout.frames() == 0 ? RunningCall.Phase.STARTING : RunningCall.Phase.SPEAKING;
    });
  }

  private long excessNanos() {
    return hurrying ? 0 : playout.leadNanos(nanoTime.getAsLong()) - maxLead.toNanos();
  }

  /// Waits for any change, at most `nanos`; ends the call when its pause has lasted too long.
  private void awaitChange(long nanos) {
    long wait = nanos;
    if (playout.isPaused()) {
      long left = maxPause.toNanos() - playout.pausedNanos(nanoTime.getAsLong());
      if (left <= 0) {
        finish(Outcome.STOPPED);
        return;
      }
      wait = Math.min(wait, left);
    }
    long _ = leftOf(wait);
  }

  /// Waits for any change.
  ///
  /// @return what is left of `nanos`, 0 or less when nothing is
  @SuppressWarnings("WaitNotInLoop") // every caller loops
  private long leftOf(long nanos) {
    try {
      return changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      endWith(new WorkerException(ErrorCode.INTERNAL, "The thread of a call was interrupted", e));
      return 0;
    }
  }

  private void refuseWhenEnded() {
    if (outcome != null) {
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call has ended");
    }
  }

  private void finish(Outcome how) {
    if (outcome != null) {
      return;
    }
    byte[] last = held;
    send(last == null ? NO_AUDIO : last, heldWords, true);
    receiver.complete();
    endQuietly(how);
  }

  private void endWith(WorkerException failure) {
    if (outcome != null) {
      return;
    }
    if (held != null) {
      send(held, heldWords, false);
    }
    receiver.fail(failure);
    endQuietly(Outcome.FAILED);
  }

  private void endQuietly(Outcome how) {
    if (outcome == null) {
      outcome = how;
      held = null;
      counts.drop();
      changed.signalAll();
      cancel.cancel();
    }
  }

  private void send(byte[] pcm, List<WordTime> its, boolean last) {
    if (pcm.length == 0) {
      receiver.send(pcm, its, Math.max(1, playout.frames()), last);
      return;
    }
    long now = nanoTime.getAsLong();
    playout.frameLeft(now);
    receiver.send(pcm, its, playout.frames(), last);
    counts.left(pcm, now, nanoTime.getAsLong());
  }

  private <T> T asked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
