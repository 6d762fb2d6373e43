package dev.ttsworker.bench.simulation;

import dev.ttsworker.session.Admission.Load;
import dev.ttsworker.session.AdmissionQueue;
import dev.ttsworker.session.Demand;
import dev.ttsworker.session.PlayoutClock;
import dev.ttsworker.session.StallDetector;
import java.time.Duration;
import java.util.OptionalLong;

/// A call on a modelled worker: waits for text, for room in the lead and for admission, and has its
/// stages computed one after the other, as `session.Call` and `engine.synthesis.CallSynthesis` do.
/// Its reader reads at once.
final class ModelCall implements AdmissionQueue.Entrant {
  private final Agenda agenda;
  private final ModelWorker worker;
  private final Script script;
  private final CallListener listener;
  private final long openedNanos;
  private final PlayoutClock playout;
  private final StallDetector wait;
  private OptionalLong admittedNanos = OptionalLong.empty();
  private int segment;
  private int framesLeft;
  private boolean textDone;
  private boolean spoken;
  private boolean admitted;
  private boolean queued;
  private boolean ended;
  private long queuedNanos;

  /// Of the job that waits or runs.
  long deadlineNanos;

  long arrival;
  int windowFrames;

  /// Its place among the open calls of its worker.
  int place;

  ModelCall(Agenda agenda, ModelWorker worker, Script script, CallListener listener) {
    this.agenda = agenda;
    this.worker = worker;
    this.script = script;
    this.listener = listener;
    this.openedNanos = agenda.nowNanos();
    this.playout = new PlayoutClock(openedNanos);
    this.wait = new StallDetector(playout);
  }

  /// Hears what becomes of a call.
  interface CallListener {
    /// It was admitted.
    ///
    /// @param waitedNanos queueing delay
    void admitted(long waitedNanos);

    /// Frames came.
    ///
    /// @param late whether the listener had played everything before
    void audio(PlayoutClock playout, int frames, boolean late);

    /// All was sent.
    void complete(PlayoutClock playout);

    /// No capacity.
    void refused();

    /// Its worker is gone.
    void lost(PlayoutClock playout);
  }

  /// Goes on until it waits or has a job.
  void advance() {
    if (ended || (framesLeft == 0 && !nextSegment())) {
      return;
    }
    long excess = playout.leadNanos(agenda.nowNanos()) - worker.maxLeadNanos();
    if (excess > 0) {
      agenda.after(excess, this::advance);
    } else if (admitted) {
      deadlineNanos = playout.deadlineNanos();
      worker.submit(this);
    } else {
      queued = true;
      queuedNanos = agenda.nowNanos();
      worker.enqueue(this);
    }
  }

  private boolean nextSegment() {
    if (segment == script.segments().size()) {
      worker.close(this);
      listener.complete(playout);
      return false;
    }
    long availableNanos = openedNanos + script.segments().get(segment).afterNanos();
    if (availableNanos > agenda.nowNanos()) {
      wait.begin(StallDetector.Awaited.TEXT, agenda.nowNanos());
      agenda.at(availableNanos, this::onText);
      return false;
    }
    framesLeft = worker.frames(characters());
    textDone = false;
    return true;
  }

  private void onText() {
    if (!ended) {
      long now = agenda.nowNanos();
      admitted &= !wait.isStalled(now);
      wait.end();
      playout.onTextResumed(now);
      advance();
    }
  }

  /// Time of its next stage, which begins now.
  ///
  /// @param calm no other job runs or waits
  long stageNanos(StageCosts costs, boolean calm) {
    if (!textDone) {
      windowFrames = 0;
      return costs.textNanos(characters());
    }
    int window = Windows.frames(playout.leadNanos(agenda.nowNanos()), calm);
    windowFrames = Math.min(window, framesLeft);
    return costs.windowNanos(windowFrames);
  }

  /// Its stage is computed; frames leave at once.
  ///
  /// @return whether there were any
  boolean onStageDone() {
    if (!textDone) {
      textDone = true;
      return false;
    }
    long now = agenda.nowNanos();
    boolean late = playout.isUnderrun(now);
    for (int i = 0; i < windowFrames; i++) {
      playout.onFrameSent(now);
    }
    framesLeft -= windowFrames;
    if (framesLeft == 0) {
      segment++;
      spoken = segment == script.segments().size();
    }
    listener.audio(playout, windowFrames, late);
    return true;
  }

  private int characters() {
    return script.segments().get(segment).characters();
  }

  /// Its present demand for inference threads.
  Demand demand() {
    if (ended || queued || spoken) {
      return Demand.NONE;
    }
    return admitted && !wait.isStalled(agenda.nowNanos()) ? onceAdmitted() : Demand.STALLED;
  }

  private Demand onceAdmitted() {
    long now = agenda.nowNanos();
    return playout.frames() == 0
        ? new Demand.FirstAudio(script.charactersAfter(now - openedNanos))
        : new Demand.Speech(Duration.ofNanos(playout.leadNanos(now)));
  }

  @Override
  public Load load() {
    return new Load(ModelWorker.VOICE, onceAdmitted());
  }

  @Override
  public boolean isResumed() {
    return playout.frames() > 0;
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public void admit() {
    long now = agenda.nowNanos();
    admitted = true;
    queued = false;
    playout.admitted(now);
    if (admittedNanos.isEmpty()) {
      admittedNanos = OptionalLong.of(now);
    }
    listener.admitted(now - queuedNanos);
  }

  /// Time since it was first admitted; empty when it never was.
  OptionalLong residenceNanos() {
    return admittedNanos.isPresent()
        ? OptionalLong.of(agenda.nowNanos() - admittedNanos.getAsLong())
        : OptionalLong.empty();
  }

  /// Its caller stops it. A stage that runs is computed to its end.
  void stop() {
    if (!ended) {
      worker.close(this);
    }
  }

  /// Its worker has refused it.
  void refuse() {
    worker.close(this);
    listener.refused();
  }

  /// Its worker is gone, and the caller hears of it later.
  void lose(long noticedAfterNanos) {
    ended = true;
    agenda.after(noticedAfterNanos, () -> listener.lost(playout));
  }

  void end() {
    ended = true;
  }
}
