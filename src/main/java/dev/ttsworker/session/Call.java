package dev.ttsworker.session;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.metrics.CallFrameMetrics;
import dev.ttsworker.metrics.CallOutcome;
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
/// Before anything is computed for it, and after each rest, it passes the gate of admission.
public final class Call implements FrameSink, TextSource {
  /// Frames that leave in one go once the reader is ready, 160 ms of audio: each asking costs a
  /// wake-up of this call's thread.
  private static final int BURST = 8;

  /// How long a pause waits for frames that are on their way out.
  private static final long LEAVING_NANOS = 15_000_000;

  /// A call that has waited for its caller for longer rests: it must be admitted again.
  static final long REST_NANOS = 2_000_000_000;

  /// What the call's thread waits for that only the caller can give.
  private enum Awaited {
    NOTHING,
    TEXT,
    READER
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CancelSignal cancel = new CancelSignal();
  private final CallText text;
  private final Gate gate;
  private final Duration maxLead;
  private final Duration maxPause;
  private final LongSupplier nanoTime;
  private final PlayoutClock playout;
  private final FrameCounts counts;
  private final CallWords words = new CallWords();
  private final FrameOutlet outlet;
  private @Nullable CallOutcome outcome;
  private Awaited awaited = Awaited.NOTHING;
  private long awaitedSinceNanos;
  private boolean admitted;
  private OptionalLong admittedNanos = OptionalLong.empty();
  private boolean queued;
  private boolean hurrying;

  Call(
      CallText text,
      FrameReceiver receiver,
      Gate gate,
      CallLimits limits,
      CallFrameMetrics metrics,
      LongSupplier nanoTime) {
    this.text = text;
    this.gate = gate;
    this.maxLead = limits.maxLead();
    this.maxPause = limits.maxPause();
    this.nanoTime = nanoTime;
    long openedNanos = nanoTime.getAsLong();
    this.playout = new PlayoutClock(openedNanos);
    this.counts = new FrameCounts(metrics, openedNanos);
    this.outlet = new FrameOutlet(receiver, playout, counts, words, nanoTime);
  }

  /// Bounds of one call.
  record CallLimits(Duration maxLead, Duration maxPause) {}

  /// What a call passes before something is computed for it: at first, and after each rest.
  @FunctionalInterface
  interface Gate {
    /// Returns when the call may go on, and has called [Call#admit]. Waits on the call's thread.
    ///
    /// @throws WorkerException `NO_CAPACITY`, `CALL_CANCELLED`
    void pass(Call call);
  }

  /// Takes the next piece of text. Text beyond the limits ends the call with `TEXT_TOO_LONG` or
  /// `BUDGET_EXCEEDED`, after the frames that are there.
  public void acceptText(String piece) {
    locked(() -> {
      if (outcome != null) {
        return;
      }
      try {
        long now = nanoTime.getAsLong();
        if (text.characters() == 0 && !piece.isEmpty()) {
          counts.textBegan(now);
        }
        text.add(piece, now);
      } catch (WorkerException tooLong) {
        endWith(tooLong, CallOutcome.FAILED);
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
    locked(() -> endQuietly(CallOutcome.CANCELLED));
  }

  /// No frame leaves after this returned, until [#resume]. Frames that are still inside the
  /// transport are waited for, unless the reader has stopped reading. Returns what has left.
  Receipt pause() {
    return asked(() -> {
      playout.pause(nanoTime.getAsLong());
      changed.signalAll();
      long patience = LEAVING_NANOS;
      while (outcome == null && playout.isPaused() && !outlet.isReady() && patience > 0) {
        patience = leftOf(patience);
      }
      return words.receipt(playout.frames());
    });
  }

  /// Goes on with the next sample.
  void resume() {
    locked(() -> {
      long now = nanoTime.getAsLong();
      admitted &= !isResting(now);
      playout.resume(now);
    });
  }

  /// Ends the call with its final frame at once and drops its queued work; frees a paused call.
  /// Returns what has left, the final frame included.
  Receipt stop(CallEnd why) {
    return asked(() -> {
      finish(why);
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
      finish(CallEnd.SPOKEN);
    });
  }

  /// Ends the call with a failure, after the frames that are there; nothing when it has ended.
  void fail(WorkerException failure) {
    CallOutcome how =
        failure.code() == ErrorCode.NO_CAPACITY ? CallOutcome.REFUSED : CallOutcome.FAILED;
    locked(() -> endWith(failure, how));
  }

  /// How it ended; empty while it runs.
  Optional<CallOutcome> outcome() {
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

  /// Time from the first text to the first frame that left; empty before.
  Optional<Duration> firstAudio() {
    return asked(() -> counts.firstAudio());
  }

  @Override
  public TextEvent next(boolean holding) {
    lock.lock();
    try {
      long patience = text.patienceNanos(holding, nanoTime.getAsLong());
      boolean waited = patience > 0;
      begin(Awaited.TEXT, waited);
      while (outcome == null && patience > 0) {
        awaitChange(patience);
        patience = text.patienceNanos(holding, nanoTime.getAsLong());
      }
      if (waited) {
        endWaiting();
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
    boolean asks;
    lock.lock();
    try {
      long excess = excessNanos();
      while (outcome == null && excess > 0) {
        awaitChange(playout.isPaused() ? Long.MAX_VALUE : excess);
        excess = excessNanos();
      }
      refuseWhenEnded();
      asks = !admitted;
      queued = asks;
    } finally {
      lock.unlock();
    }
    if (asks) {
      try {
        gate.pass(this);
      } finally {
        locked(() -> queued = false);
      }
    }
  }

  /// Lets the call in; called by the gate.
  void admit() {
    locked(() -> {
      long now = nanoTime.getAsLong();
      admitted = true;
      queued = false;
      playout.admitted(now);
      if (admittedNanos.isEmpty()) {
        admittedNanos = OptionalLong.of(now);
      }
    });
  }

  /// When it was first let in; empty before.
  OptionalLong admittedNanos() {
    return asked(() -> admittedNanos);
  }

  /// What it will need of the inference threads once it is let in.
  Demand comingDemand() {
    return asked(() -> need(nanoTime.getAsLong()));
  }

  @Override
  public void accept(List<byte[]> frames) {
    lock.lock();
    try {
      counts.made(frames.size(), outcome == null && playout.isDry(nanoTime.getAsLong()));
      int burst = 0;
      for (byte[] pcm : frames) {
        if (outlet.holdsFrame()) {
          burst = burst > 0 ? burst - 1 : awaitReader();
          outlet.sendHeld();
        }
        refuseWhenEnded();
        outlet.hold(pcm);
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
    boolean waits = playout.isPaused() || !outlet.isReady();
    begin(Awaited.READER, waits);
    while (outcome == null && (playout.isPaused() || !outlet.isReady())) {
      awaitChange(Long.MAX_VALUE);
    }
    if (waits) {
      endWaiting();
    }
    refuseWhenEnded();
    return BURST - 1;
  }

  private void begin(Awaited what, boolean waits) {
    if (waits) {
      awaited = what;
      awaitedSinceNanos = nanoTime.getAsLong();
    }
  }

  private void endWaiting() {
    admitted &= !isResting(nanoTime.getAsLong());
    awaited = Awaited.NOTHING;
  }

  @Override
  public long deadlineNanos() {
    return asked(() -> playout.deadlineNanos());
  }

  @Override
  public OptionalLong leadNanos() {
    return asked(() -> OptionalLong.of(playout.leadNanos(nanoTime.getAsLong())));
  }

  /// What this call needs of the inference threads from now on.
  Demand demand() {
    return asked(() -> {
      long now = nanoTime.getAsLong();
      if (outcome != null || queued) {
        return Demand.NONE;
      }
      boolean idle = awaited == Awaited.READER || isResting(now);
      return admitted && !idle ? need(now) : Demand.RESTING;
    });
  }

  private Demand need(long nowNanos) {
    return playout.frames() == 0
        ? new Demand.FirstSound((int) text.characters())
        : new Demand.Speech(Duration.ofNanos(playout.leadNanos(nowNanos)));
  }

  /// Whether it has waited for its caller for so long that nothing is held free for it. A call
  /// whose listener still has audio does not rest for want of text.
  private boolean isResting(long nowNanos) {
    if (playout.isPaused()) {
      return nowNanos - playout.pausedSinceNanos() > REST_NANOS;
    }
    return switch (awaited) {
      case NOTHING -> false;
      case READER -> nowNanos - awaitedSinceNanos > REST_NANOS;
      case TEXT ->
          nowNanos - awaitedSinceNanos > REST_NANOS && nowNanos - playout.dryNanos() > REST_NANOS;
    };
  }

  /// Whether something was heard of it.
  boolean hasSpoken() {
    return asked(() -> playout.frames() > 0 || outlet.holdsFrame());
  }

  /// What it does now.
  RunningCall.Phase phase() {
    return asked(() -> {
      if (playout.isPaused()) {
        return RunningCall.Phase.PAUSED;
      }
      if (queued) {
        return RunningCall.Phase.QUEUED;
      }
      return switch (awaited) {
        case TEXT -> RunningCall.Phase.AWAITING_TEXT;
        case READER -> RunningCall.Phase.AWAITING_READER;
        case NOTHING ->
            playout.frames() == 0 ? RunningCall.Phase.STARTING : RunningCall.Phase.SPEAKING;
      };
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
        finish(CallEnd.PAUSED_TOO_LONG);
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
      endWith(
          new WorkerException(ErrorCode.INTERNAL, "The thread of a call was interrupted", e),
          CallOutcome.FAILED);
      return 0;
    }
  }

  private void refuseWhenEnded() {
    if (outcome != null) {
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call has ended");
    }
  }

  private void finish(CallEnd how) {
    if (outcome == null) {
      outlet.complete(how);
      endQuietly(how.outcome());
    }
  }

  private void endWith(WorkerException failure, CallOutcome how) {
    if (outcome == null) {
      outlet.fail(failure);
      endQuietly(how);
    }
  }

  private void endQuietly(CallOutcome how) {
    if (outcome == null) {
      outcome = how;
      outlet.drop();
      text.close();
      changed.signalAll();
      cancel.cancel();
    }
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
