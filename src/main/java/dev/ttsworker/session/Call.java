package dev.ttsworker.session;

import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.CallFrameMetrics;
import dev.ttsworker.metrics.CallOutcome;
import dev.ttsworker.session.CallerWait.Awaited;
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
public final class Call implements AudioSink, TextSource {
  /// How long a pause waits for frames that are on their way out.
  static final long LEAVING_NANOS = 15_000_000;

  /// Nothing more is computed while so many frames wait for the reader, 760 ms of audio. It is as
  /// much as the largest window needs ahead of it: speech costs the same however little the
  /// transport takes at a time.
  static final int MOST_EXCESS = 38;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CancellationToken cancel = new CancellationToken();
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
  private final CallerWait wait;
  private boolean spoken;
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
    this.wait = new CallerWait(playout);
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
    locked(this::flush);
  }

  /// The caller is gone: no further frame, computation ends.
  public void callerGone() {
    locked(() -> endQuietly(CallOutcome.CANCELLED));
  }

  /// No frame is handed to the transport after this returned, until [#resume].
  void pause() {
    locked(() -> playout.pause(nanoTime.getAsLong()));
  }

  /// After [#pause]: waits for frames that are still inside the transport, unless the reader has
  /// stopped reading. No frame leaves after this returned, until [#resume].
  ///
  /// @param untilNanos when to wait no longer
  /// @return what has left
  Receipt paused(long untilNanos) {
    return asked(() -> {
      long patience = untilNanos - nanoTime.getAsLong();
      while (outcome == null && playout.isPaused() && patience > 0 && !outlet.isReady()) {
        long _ = leftOf(patience);
        patience = untilNanos - nanoTime.getAsLong();
      }
      return words.receipt(playout.frames());
    });
  }

  /// Goes on with the next sample.
  void resume() {
    locked(() -> {
      long now = nanoTime.getAsLong();
      admitted &= !wait.isResting(now);
      playout.resume(now);
      flush();
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

  CancellationToken cancelSignal() {
    return cancel;
  }

  /// Sends the final frame when everything was spoken.
  void complete() {
    locked(() -> {
      spoken = true;
      awaitReader(0);
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
      if (waited) {
        wait.begin(Awaited.TEXT, nanoTime.getAsLong());
      }
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
      boolean stalled = excess > 0 && outlet.excess() > 0;
      if (stalled) {
        wait.begin(Awaited.READER, nanoTime.getAsLong());
      }
      while (outcome == null && excess > 0) {
        awaitChange(playout.isPaused() ? Long.MAX_VALUE : excess);
        excess = excessNanos();
      }
      if (stalled) {
        endWaiting();
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
      wait.admitted();
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
      long now = nanoTime.getAsLong();
      boolean keptUp = outlet.excess() == 0;
      counts.made(frames.size(), outcome == null && keptUp && playout.isDry(now));
      if (keptUp) {
        wait.offers(now);
      }
      refuseWhenEnded();
      outlet.add(frames);
      flush();
      awaitReader(MOST_EXCESS);
      refuseWhenEnded();
      counts.delivered();
    } finally {
      if (outcome != null) {
        counts.drop();
      }
      lock.unlock();
    }
  }

  @Override
  public void announce(List<WordTiming> announced) {
    locked(() -> words.announce(announced));
  }

  /// Waits until the reader has left no more than so many frames waiting, and while paused.
  private void awaitReader(int mostExcess) {
    boolean waits = playout.isPaused() || outlet.excess() > mostExcess;
    if (waits) {
      wait.begin(Awaited.READER, nanoTime.getAsLong());
    }
    while (outcome == null && (playout.isPaused() || outlet.excess() > mostExcess)) {
      awaitChange(Long.MAX_VALUE);
    }
    if (waits) {
      endWaiting();
    }
  }

  private void endWaiting() {
    admitted &= !wait.isResting(nanoTime.getAsLong());
    wait.end();
  }

  /// Sends what the reader takes now.
  private void flush() {
    if (outcome != null || playout.isPaused() || outlet.excess() == 0 || !outlet.isReady()) {
      return;
    }
    long now = nanoTime.getAsLong();
    admitted &= !wait.isResting(now);
    wait.takes(now);
    outlet.flush();
    if (outlet.excess() == 0 && wait.awaited() == Awaited.READER) {
      wait.end();
    }
  }

  @Override
  public long deadlineNanos() {
    return asked(() -> {
      long now = nanoTime.getAsLong();
      return outlet.excess() == 0 ? playout.deadlineNanos() : now + leadNanos(now);
    });
  }

  @Override
  public OptionalLong leadNanos() {
    return asked(() -> OptionalLong.of(leadNanos(nanoTime.getAsLong())));
  }

  /// Audio that is computed and has not been heard yet, also where it waits for the reader;
  /// negative when the listener waits for this worker.
  private long leadNanos(long nowNanos) {
    long left = playout.leadNanos(nowNanos);
    int excess = outlet.excess();
    return excess == 0 ? left : Math.max(0, left) + excess * PlayoutClock.FRAME_NANOS;
  }

  /// What this call needs of the inference threads from now on.
  Demand demand() {
    return asked(() -> {
      long now = nanoTime.getAsLong();
      if (outcome != null || queued || spoken) {
        return Demand.NONE;
      }
      return admitted && !wait.isResting(now) ? need(now) : Demand.RESTING;
    });
  }

  private Demand need(long nowNanos) {
    return playout.frames() == 0 && outlet.excess() == 0
        ? new Demand.FirstSound((int) text.characters())
        : new Demand.Speech(Duration.ofNanos(leadNanos(nowNanos)));
  }

  /// Whether something was heard of it.
  boolean hasSpoken() {
    return asked(() -> playout.frames() > 0 || outlet.holdsFrame());
  }

  /// What it does now.
  CallSnapshot.Phase phase() {
    return asked(() -> {
      if (playout.isPaused()) {
        return CallSnapshot.Phase.PAUSED;
      }
      if (queued) {
        return CallSnapshot.Phase.QUEUED;
      }
      return switch (wait.awaited()) {
        case TEXT -> CallSnapshot.Phase.AWAITING_TEXT;
        case READER -> CallSnapshot.Phase.AWAITING_READER;
        case NOTHING ->
            playout.frames() == 0 ? CallSnapshot.Phase.STARTING : CallSnapshot.Phase.SPEAKING;
      };
    });
  }

  private long excessNanos() {
    return hurrying ? 0 : leadNanos(nanoTime.getAsLong()) - maxLead.toNanos();
  }

  /// Waits for any change, at most `nanos`; ends the call when its pause has lasted too long.
  private void awaitChange(long nanos) {
    long most = nanos;
    if (playout.isPaused()) {
      long left = maxPause.toNanos() - playout.pausedNanos(nanoTime.getAsLong());
      if (left <= 0) {
        finish(CallEnd.PAUSED_TOO_LONG);
        return;
      }
      most = Math.min(most, left);
    }
    long _ = leftOf(most);
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
