package dev.ttsworker.session;

import dev.ttsworker.session.StallDetector.Awaited;
import dev.ttsworker.tracing.CallEvent;
import dev.ttsworker.tracing.CallTimeline;
import java.time.Duration;
import java.util.OptionalLong;

/// Progress of one call: its lead, the deadline of its next frame, its admission, and what it
/// demands of the inference threads. Guarded by the call's lock.
final class CallProgress {
  private final PlayoutClock playout;
  private final FrameSender outlet;
  private final StallDetector wait;
  private final CallText text;
  private final Duration maxLead;
  private final CallTimeline timeline;
  private boolean spoken;
  private boolean admitted;
  private boolean queued;
  private boolean leadUnlimited;

  /// @param maxLead the lead at which synthesis pauses
  CallProgress(
      PlayoutClock playout,
      FrameSender outlet,
      CallText text,
      Duration maxLead,
      CallTimeline timeline) {
    this.playout = playout;
    this.outlet = outlet;
    this.wait = new StallDetector(playout);
    this.text = text;
    this.maxLead = maxLead;
    this.timeline = timeline;
  }

  /// The call begins to wait for its caller.
  void beginWaiting(Awaited what, long nowNanos) {
    wait.begin(what, nowNanos);
  }

  /// The wait is over; a call that has stalled meanwhile must be admitted again.
  void endWaiting(long nowNanos) {
    loseAdmissionWhenStalled(nowNanos);
    wait.end();
  }

  /// Frames are available for a reader that has taken all earlier ones.
  void onFramesOffered(long nowNanos) {
    wait.onFramesOffered(nowNanos);
  }

  /// The reader takes what it can of the queued frames now.
  void flush(long nowNanos) {
    loseAdmissionWhenStalled(nowNanos);
    wait.onReaderProgress(nowNanos);
    outlet.flush();
    if (outlet.backlog() == 0 && wait.awaited() == Awaited.READER) {
      wait.end();
    }
  }

  void resume(long nowNanos) {
    loseAdmissionWhenStalled(nowNanos);
    playout.resume(nowNanos);
  }

  private void loseAdmissionWhenStalled(long nowNanos) {
    admitted &= !wait.isStalled(nowNanos);
  }

  /// Whether it must pass the admission gate; it is queued there until [#admit] or [#leaveQueue].
  boolean enterQueueUnlessAdmitted(long nowNanos) {
    timeline.mark(CallEvent.TEXT_READ, nowNanos);
    queued = !admitted;
    return queued;
  }

  void leaveQueue() {
    queued = false;
  }

  void admit(long nowNanos) {
    admitted = true;
    queued = false;
    wait.admitted();
    playout.admitted(nowNanos);
    timeline.mark(CallEvent.ADMITTED, nowNanos);
  }

  /// When it was first admitted; empty before.
  OptionalLong admittedNanos() {
    return timeline.nanos(CallEvent.ADMITTED);
  }

  /// All its text is synthesized.
  void spoken() {
    spoken = true;
  }

  void liftLeadLimit() {
    leadUnlimited = true;
  }

  /// Lead: computed audio that is not yet played, including the backlog for the reader; negative
  /// during an underrun.
  long leadNanos(long nowNanos) {
    long left = playout.leadNanos(nowNanos);
    int backlog = outlet.backlog();
    return backlog == 0 ? left : Math.max(0, left) + backlog * PlayoutClock.FRAME_NANOS;
  }

  /// By how much the lead exceeds the limit; 0 or less when synthesis may go on.
  long excessLeadNanos(long nowNanos) {
    return leadUnlimited ? 0 : leadNanos(nowNanos) - maxLead.toNanos();
  }

  /// When the next frame must have left.
  long deadlineNanos(long nowNanos) {
    return outlet.backlog() == 0 ? playout.deadlineNanos() : nowNanos + leadNanos(nowNanos);
  }

  /// Present demand of a call that has not ended.
  Demand demand(long nowNanos) {
    if (queued || spoken) {
      return Demand.NONE;
    }
    return admitted && !wait.isStalled(nowNanos) ? demandOnceAdmitted(nowNanos) : Demand.STALLED;
  }

  /// Its demand once admitted.
  Demand demandOnceAdmitted(long nowNanos) {
    return playout.frames() == 0 && outlet.backlog() == 0
        ? new Demand.FirstAudio((int) text.characters())
        : new Demand.Speech(Duration.ofNanos(leadNanos(nowNanos)));
  }

  /// Its present phase.
  CallSnapshot.Phase phase() {
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
  }
}
