package dev.ttsworker.session;

import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.CallFrameMetrics;
import dev.ttsworker.metrics.CallOutcome;
import dev.ttsworker.session.StallDetector.Awaited;
import dev.ttsworker.tracing.CallEvent;
import dev.ttsworker.tracing.CallTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Synthesize call: text arrives on gRPC's thread, frames are produced on the synthesis thread, and
/// control commands come from any thread. Thread-safe: all state is guarded by one lock, which no
/// thread holds while it waits or computes.
///
/// The call passes the admission gate before its first computation and again after each stall.
public final class Call implements AudioSink, TextSource {
  /// How long PAUSE waits for frames inside the transport.
  static final long FLUSH_WAIT_NANOS = 15_000_000;

  /// Computation stops at this backlog for the reader, 760 ms of audio. It equals what the largest
  /// decoder window needs ahead of it, so that the cost of speech does not depend on how little the
  /// transport takes at a time.
  static final int MAX_BACKLOG_FRAMES = 38;

  private final CallLock lock = new CallLock();
  private final CancellationToken cancel = new CancellationToken();
  private final CallText text;
  private final AdmissionGate gate;
  private final CallLimits limits;
  private final LongSupplier nanoTime;
  private final PlayoutClock playout;
  private final CallTimeline timeline;
  private final FrameCounts counts;
  private final CallWords words;
  private final FrameSender outlet;
  private @Nullable CallOutcome outcome;
  private final CallProgress progress;

  Call(
      CallText text,
      FrameReceiver receiver,
      AdmissionGate gate,
      CallLimits limits,
      CallFrameMetrics metrics,
      LongSupplier nanoTime) {
    this.text = text;
    this.gate = gate;
    this.limits = limits;
    this.words = new CallWords(limits.format());
    this.nanoTime = nanoTime;
    long openedNanos = nanoTime.getAsLong();
    this.playout = new PlayoutClock(openedNanos);
    this.timeline = new CallTimeline(openedNanos);
    this.counts = new FrameCounts(metrics, limits.format().encoding(), timeline);
    this.outlet = new FrameSender(receiver, playout, counts, words, nanoTime);
    this.progress = new CallProgress(playout, outlet, text, limits.maxLead(), timeline);
  }

  /// The format of its frames.
  public AudioFormat format() {
    return limits.format();
  }

  /// Appends a piece of text. Text beyond the limits ends the call with `TEXT_TOO_LONG` or
  /// `BUDGET_EXCEEDED`, after the frames that are computed already.
  public void appendText(String piece) {
    lock.change(() -> {
      if (outcome != null) {
        return;
      }
      try {
        long now = nanoTime.getAsLong();
        if (text.characters() == 0 && !piece.isEmpty()) {
          counts.onFirstText(now);
        }
        text.add(piece, now);
      } catch (WorkerException tooLong) {
        endWith(tooLong, CallOutcome.FAILED);
      }
    });
  }

  /// Ends the input; idempotent.
  public void endText() {
    lock.change(text::end);
  }

  /// Must be called when [FrameReceiver#isReady] turns true.
  public void onReceiverReady() {
    lock.change(this::flush);
  }

  /// Cancels the call because its caller has disconnected: no further frame, computation ends.
  public void onCallerGone() {
    lock.change(() -> endQuietly(CallOutcome.CANCELLED));
  }

  /// Pauses: no frame is handed to the transport after this returns, until [#resume].
  void pause() {
    lock.change(() -> playout.pause(nanoTime.getAsLong()));
  }

  /// After [#pause]: waits until the transport has flushed its frames, unless the reader has
  /// stopped reading. No frame leaves after this returns, until [#resume].
  ///
  /// @param untilNanos end of the wait
  /// @return what has left
  Receipt awaitFlushed(long untilNanos) {
    return lock.read(() -> {
      long patience = untilNanos - nanoTime.getAsLong();
      while (outcome == null && playout.isPaused() && patience > 0 && !outlet.isReady()) {
        long _ = awaitChangeNanos(patience);
        patience = untilNanos - nanoTime.getAsLong();
      }
      return words.receipt(playout.frames());
    });
  }

  /// Resumes with the next sample.
  void resume() {
    lock.change(() -> {
      progress.resume(nanoTime.getAsLong());
      flush();
    });
  }

  /// Ends the call with its final frame at once and drops its queued work, also while paused.
  /// Returns what has left, the final frame included.
  Receipt stop(CallEnd why) {
    return lock.read(() -> {
      finish(why);
      return words.receipt(playout.frames());
    });
  }

  /// Removes the limit of the lead, for draining.
  void liftLeadLimit() {
    lock.change(progress::liftLeadLimit);
  }

  CancellationToken cancellationToken() {
    return cancel;
  }

  /// Sends the final frame after all text is synthesized.
  void complete() {
    lock.change(() -> {
      progress.spoken();
      awaitReader(0);
      finish(CallEnd.SPOKEN);
    });
  }

  /// Ends the call with a failure, after the frames that are computed; no effect on an ended call.
  void fail(WorkerException failure) {
    CallOutcome how =
        failure.code() == ErrorCode.NO_CAPACITY ? CallOutcome.REFUSED : CallOutcome.FAILED;
    lock.change(() -> endWith(failure, how));
  }

  /// How the call ended; empty while it runs.
  Optional<CallOutcome> outcome() {
    return lock.read(() -> Optional.ofNullable(outcome));
  }

  /// When each of its events happened until now.
  CallTimeline timeline() {
    return lock.read(timeline::copy);
  }

  /// Frames sent.
  long frames() {
    return lock.read(() -> playout.frames());
  }

  /// Frames computed and not yet sent.
  int framesWaiting() {
    return lock.read(() -> counts.waiting());
  }

  /// Time from the first text to the first frame sent; empty before.
  Optional<Duration> firstAudio() {
    return lock.read(counts::firstAudio);
  }

  @Override
  public TextEvent next(boolean holding) {
    lock.lock();
    try {
      long patience = text.patienceNanos(holding, nanoTime.getAsLong());
      boolean waited = patience > 0;
      if (waited) {
        progress.beginWaiting(Awaited.TEXT, nanoTime.getAsLong());
      }
      while (outcome == null && patience > 0) {
        awaitChange(patience);
        patience = text.patienceNanos(holding, nanoTime.getAsLong());
      }
      if (waited) {
        progress.endWaiting(nanoTime.getAsLong());
        playout.onTextResumed(nanoTime.getAsLong());
      }
      refuseWhenEnded();
      return text.poll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<TextEvent> poll() {
    return lock.read(() -> {
      refuseWhenEnded();
      boolean there = text.patienceNanos(false, nanoTime.getAsLong()) <= 0;
      return there ? Optional.of(text.poll()) : Optional.empty();
    });
  }

  @Override
  public void awaitRoom() {
    boolean needsAdmission;
    lock.lock();
    try {
      long backlog = progress.excessLeadNanos(nanoTime.getAsLong());
      boolean stalled = backlog > 0 && outlet.backlog() > 0;
      if (stalled) {
        progress.beginWaiting(Awaited.READER, nanoTime.getAsLong());
      }
      while (outcome == null && backlog > 0) {
        awaitChange(playout.isPaused() ? Long.MAX_VALUE : backlog);
        backlog = progress.excessLeadNanos(nanoTime.getAsLong());
      }
      if (stalled) {
        progress.endWaiting(nanoTime.getAsLong());
      }
      refuseWhenEnded();
      needsAdmission = progress.enterQueueUnlessAdmitted(nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
    if (needsAdmission) {
      try {
        gate.pass(this);
      } finally {
        lock.change(progress::leaveQueue);
      }
    }
  }

  /// Admits the call; called by the gate.
  void admit() {
    lock.change(() -> progress.admit(nanoTime.getAsLong()));
  }

  /// When it was first admitted; empty before.
  OptionalLong admittedNanos() {
    return lock.read(progress::admittedNanos);
  }

  /// Its demand for inference threads once admitted.
  Demand demandOnceAdmitted() {
    return lock.read(() -> progress.demandOnceAdmitted(nanoTime.getAsLong()));
  }

  @Override
  public void writeFrames(List<byte[]> frames) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      boolean readerKeptUp = outlet.backlog() == 0;
      boolean late = outcome == null && readerKeptUp && playout.isUnderrun(now);
      counts.onComputed(frames.size(), late, now);
      if (readerKeptUp) {
        progress.onFramesOffered(now);
      }
      refuseWhenEnded();
      outlet.add(frames);
      flush();
      awaitReader(MAX_BACKLOG_FRAMES);
      refuseWhenEnded();
      counts.onDelivered();
    } finally {
      if (outcome != null) {
        counts.drop();
      }
      lock.unlock();
    }
  }

  @Override
  public void announceWords(List<WordTiming> announced) {
    lock.change(() -> words.announce(announced));
  }

  /// Waits while the call is paused or its backlog exceeds `maxBacklog` frames.
  private void awaitReader(int maxBacklog) {
    boolean waits = playout.isPaused() || outlet.backlog() > maxBacklog;
    if (waits) {
      progress.beginWaiting(Awaited.READER, nanoTime.getAsLong());
    }
    while (outcome == null && (playout.isPaused() || outlet.backlog() > maxBacklog)) {
      awaitChange(Long.MAX_VALUE);
    }
    if (waits) {
      progress.endWaiting(nanoTime.getAsLong());
    }
  }

  /// Sends what the reader takes now.
  private void flush() {
    if (outcome != null || playout.isPaused() || outlet.backlog() == 0 || !outlet.isReady()) {
      return;
    }
    progress.flush(nanoTime.getAsLong());
  }

  @Override
  public long deadlineNanos() {
    return lock.read(() -> progress.deadlineNanos(nanoTime.getAsLong()));
  }

  @Override
  public OptionalLong leadNanos() {
    return lock.read(() -> OptionalLong.of(progress.leadNanos(nanoTime.getAsLong())));
  }

  /// Its present demand for inference threads.
  Demand demand() {
    return lock.read(() -> outcome == null ? progress.demand(nanoTime.getAsLong()) : Demand.NONE);
  }

  /// Whether any audio was computed.
  boolean hasProducedAudio() {
    return lock.read(() -> playout.frames() > 0 || outlet.hasFrame());
  }

  /// Its present phase.
  CallSnapshot.Phase phase() {
    return lock.read(progress::phase);
  }

  /// Waits for any change, at most `nanos`; ends the call when its pause exceeds the limit.
  private void awaitChange(long nanos) {
    long most = nanos;
    if (playout.isPaused()) {
      long left = limits.maxPause().toNanos() - playout.pausedNanos(nanoTime.getAsLong());
      if (left <= 0) {
        finish(CallEnd.PAUSED_TOO_LONG);
        return;
      }
      most = Math.min(most, left);
    }
    long _ = awaitChangeNanos(most);
  }

  /// Waits for any change.
  ///
  /// @return the rest of `nanos`, 0 or less after a timeout
  private long awaitChangeNanos(long nanos) {
    try {
      return lock.awaitChange(nanos);
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
      timeline.mark(CallEvent.ENDED, nanoTime.getAsLong());
      outcome = how;
      outlet.drop();
      text.close();
      lock.signalAll();
      cancel.cancel();
    }
  }
}
