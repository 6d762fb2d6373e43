package dev.ttsworker.bench.simulation;

import dev.ttsworker.session.PlayoutClock;
import java.util.ArrayList;
import java.util.List;

/// Balancer with retries: sends a call to a worker, and to others when it is refused
/// (previous_hosts); its caller hears of the last refusal only.
final class Dispatcher {
  /// Until a connection to a worker that is gone is given up.
  private static final long CONNECT_TIMEOUT_NANOS = 250_000_000;

  private final Agenda agenda;
  private final Fleet fleet;
  private final int retries;

  /// @param retries of a call, on other workers
  Dispatcher(Agenda agenda, Fleet fleet, int retries) {
    this.agenda = agenda;
    this.fleet = fleet;
    this.retries = retries;
  }

  /// Places a call.
  void place(long conversation, Script script, CallRecord call) {
    new Attempts(conversation, script, call).send();
  }

  /// The attempts of one call.
  private final class Attempts implements ModelCall.CallListener {
    private final long conversation;
    private final CallRecord call;
    private final List<ModelWorker> tried = new ArrayList<>();
    private Script script;

    Attempts(long conversation, Script script, CallRecord call) {
      this.conversation = conversation;
      this.script = script;
      this.call = call;
    }

    void send() {
      List<ModelWorker> healthy = fleet.healthy();
      if (call.isStopped()) {
        return;
      }
      if (tried.size() > retries || tried.size() >= healthy.size()) {
        call.onRefused(tried.size());
        return;
      }
      ModelWorker worker =
          fleet.balancer().pick(healthy, candidate -> !tried.contains(candidate), conversation);
      tried.add(worker);
      if (worker.isLost()) {
        worker.hang(CONNECT_TIMEOUT_NANOS);
        agenda.after(CONNECT_TIMEOUT_NANOS, this::send);
      } else {
        worker.open(script, this, call::runsAs);
      }
    }

    @Override
    public void admitted(long waitedNanos) {
      call.onAdmitted(tried.size() - 1);
    }

    @Override
    public void audio(PlayoutClock playout, int frames, boolean late) {
      call.onAudio(playout, frames, late);
    }

    @Override
    public void complete(PlayoutClock playout) {
      call.onComplete(playout);
    }

    @Override
    public void refused() {
      script = script.whole();
      send();
    }

    @Override
    public void lost(PlayoutClock playout) {
      call.onLost(playout);
    }
  }
}
