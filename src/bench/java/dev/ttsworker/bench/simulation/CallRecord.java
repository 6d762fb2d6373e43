package dev.ttsworker.bench.simulation;

import dev.ttsworker.session.PlayoutClock;
import java.util.ArrayList;
import java.util.List;

/// One call as its client counts it, whichever workers were asked for it. It ends exactly once.
final class CallRecord {
  private final Agenda agenda;
  private final Tally tally;
  private final Owner owner;
  private final long overheadNanos;
  private final long openedNanos;
  private final long speakableNanos;
  private final boolean counted;
  private final List<ModelCall> running = new ArrayList<>(1);
  private boolean heardAudio;
  private boolean over;
  private boolean hadUnderrun;

  /// @param overheadNanos of first audio outside of inference
  CallRecord(Agenda agenda, Tally tally, Owner owner, Script script, long overheadNanos) {
    this.agenda = agenda;
    this.tally = tally;
    this.owner = owner;
    this.overheadNanos = overheadNanos;
    this.openedNanos = agenda.nowNanos();
    this.speakableNanos = openedNanos + script.speakableNanos();
    this.counted = tally.opened(openedNanos);
  }

  /// The client whose call it is.
  interface Owner {
    void onFirstAudio();

    /// All of it has come.
    ///
    /// @param heardNanos when the listener has heard all of it
    void onComplete(long heardNanos);

    void onRefused();

    /// Its worker is gone.
    ///
    /// @param framesHeard of it before
    void onLost(long framesHeard);
  }

  /// A worker has it now.
  void runsAs(ModelCall call) {
    running.clear();
    running.add(call);
  }

  /// @param refusals by other workers before
  void onAdmitted(int refusals) {
    // Later admissions are those after a stall.
    if (counted && !heardAudio) {
      tally.admitted(agenda.nowNanos() - speakableNanos, refusals);
    }
  }

  void onAudio(PlayoutClock playout, int frames, boolean late) {
    if (!heardAudio) {
      heardAudio = true;
      if (counted) {
        tally.firstAudio(openedNanos, agenda.nowNanos() + overheadNanos - speakableNanos);
      }
      owner.onFirstAudio();
    }
    tally.audio(agenda.nowNanos(), frames, late);
    if (late && !hadUnderrun) {
      hadUnderrun = true;
      if (counted) {
        tally.underrunCalls++;
      }
    }
  }

  void onComplete(PlayoutClock playout) {
    if (end()) {
      if (counted) {
        tally.completed++;
      }
      owner.onComplete(Math.max(agenda.nowNanos(), playout.underrunAtNanos()) + overheadNanos);
    }
  }

  /// @param attempts how many workers were asked
  void onRefused(int attempts) {
    if (end()) {
      if (counted) {
        tally.refused(openedNanos, agenda.nowNanos() - speakableNanos);
      }
      owner.onRefused();
    }
  }

  void onLost(PlayoutClock playout) {
    if (end()) {
      if (counted) {
        tally.lost(openedNanos);
      }
      long ahead = Math.max(0, playout.leadNanos(agenda.nowNanos()));
      owner.onLost(Math.max(0, playout.frames() - ahead / PlayoutClock.FRAME_NANOS));
    }
  }

  /// The client stops it.
  void stop() {
    if (end()) {
      if (counted) {
        tally.stopped++;
      }
      running.forEach(ModelCall::stop);
    }
  }

  boolean isStopped() {
    return over;
  }

  private boolean end() {
    boolean ends = !over;
    over = true;
    return ends;
  }
}
