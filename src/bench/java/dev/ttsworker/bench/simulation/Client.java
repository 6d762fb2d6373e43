package dev.ttsworker.bench.simulation;

import dev.ttsworker.session.PlayoutClock;
import java.util.OptionalDouble;

/// One conversation: has the turns of its dialogue spoken, listens in real time, interrupts, and
/// tries again what was refused or lost.
final class Client {
  /// As the worker tells those that it refuses (`RetryInfo`).
  private static final long RETRY_NANOS = 1_000_000_000;

  private final Agenda agenda;
  private final Dispatcher dispatcher;
  private final Tally tally;
  private final SpeechProfile profile;
  private final long number;
  private final Dialogue dialogue;
  private final Runnable over;

  /// @param over is told when the conversation is over
  Client(
      Agenda agenda,
      Dispatcher dispatcher,
      Tally tally,
      SpeechProfile profile,
      long number,
      Dialogue dialogue,
      Runnable over) {
    this.agenda = agenda;
    this.dispatcher = dispatcher;
    this.tally = tally;
    this.profile = profile;
    this.number = number;
    this.dialogue = dialogue;
    this.over = over;
  }

  /// Goes on with the next turn; no call begins after the run.
  void next() {
    dialogue
        .next()
        .ifPresentOrElse(
            turn -> agenda.after(turn.pauseNanos(), () -> speak(turn.script(), turn.bargeIn())),
            over);
  }

  private void speak(Script script, OptionalDouble bargeIn) {
    if (!tally.isOver(agenda.nowNanos())) {
      new Speaking(script, bargeIn).begin();
    }
  }

  /// One call of it.
  private final class Speaking implements CallRecord.Owner {
    private final Script script;
    private final OptionalDouble bargeIn;
    private final CallRecord call;
    private boolean done;

    Speaking(Script script, OptionalDouble bargeIn) {
      this.script = script;
      this.bargeIn = bargeIn;
      long overhead = (long) (profile.overheadSeconds() * 1e9);
      this.call = new CallRecord(agenda, tally, this, script, overhead);
    }

    void begin() {
      dispatcher.place(number, script, call);
    }

    @Override
    public void onFirstAudio() {
      double seconds = profile.audioSeconds(script.characters());
      bargeIn.ifPresent(share -> agenda.after((long) (share * seconds * 1e9), this::interrupt));
    }

    private void interrupt() {
      if (!done) {
        done = true;
        call.stop();
        next();
      }
    }

    @Override
    public void onComplete(long heardNanos) {
      // Who interrupts has a turn of its own then.
      if (bargeIn.isEmpty()) {
        agenda.at(heardNanos, Client.this::next);
      }
    }

    @Override
    public void onRefused() {
      agenda.after(RETRY_NANOS, () -> speak(script.whole(), bargeIn));
    }

    @Override
    public void onLost(long framesHeard) {
      done = true;
      double heard = framesHeard * (PlayoutClock.FRAME_NANOS / 1e9);
      int left = script.characters() - (int) (heard * profile.charactersPerSecond());
      if (left > 0) {
        speak(Script.of(left), OptionalDouble.empty());
      } else {
        next();
      }
    }
  }
}
