package dev.ttsworker.bench.simulation;

import dev.ttsworker.bench.simulation.FleetPlan.WorkerSettings;
import dev.ttsworker.session.Admission;
import dev.ttsworker.session.Admission.Load;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/// A modelled worker: inference threads that compute stages of calls, earliest deadline first, and
/// admission by the worker's own classes.
final class ModelWorker {
  /// All calls speak with one voice.
  static final String VOICE = "voice";

  private static final Comparator<ModelCall> EARLIEST_DEADLINE_FIRST =
      Comparator.<ModelCall>comparingLong(call -> call.deadlineNanos)
          .thenComparingLong(call -> call.arrival);

  private final Agenda agenda;
  private final WorkerSettings settings;
  private final int number;
  private final StageCosts costs;
  private final Admission admission;
  private final WaitingCalls waiting;
  private final List<ModelCall> open = new ArrayList<>();
  private final PriorityQueue<ModelCall> ready = new PriorityQueue<>(EARLIEST_DEADLINE_FIRST);
  private final WorkerMeter meter;
  private int busy;
  private long arrivals;
  private long begun;
  private int hanging;
  private boolean draining;
  private boolean lost;

  /// @param number of it in the fleet, from 0
  ModelWorker(Agenda agenda, WorkerSettings settings, int number, StageCosts costs) {
    this.agenda = agenda;
    this.settings = settings;
    this.number = number;
    this.costs = costs;
    this.admission = new Admission(settings::threads, costs);
    this.waiting = new WaitingCalls(agenda, admission, this::loads, settings.maxWait());
    this.meter = new WorkerMeter(agenda, settings.threads());
  }

  int number() {
    return number;
  }

  /// Calls that it has, or whose callers wait for it in vain.
  int openCalls() {
    return open.size() + hanging;
  }

  /// A caller waits in vain for a lost worker, until `nanos` have passed.
  void hang(long nanos) {
    hanging++;
    agenda.after(nanos, () -> hanging--);
  }

  /// Calls begun so far, refused ones included.
  long begun() {
    return begun;
  }

  WorkerMeter meter() {
    return meter;
  }

  boolean isLost() {
    return lost;
  }

  boolean isDraining() {
    return draining;
  }

  /// Takes no new calls from now on; running ones go on without a limit of their lead.
  void drain() {
    draining = true;
  }

  /// It is gone, and so are its calls.
  ///
  /// @param noticedAfterNanos when their callers notice
  void lose(long noticedAfterNanos) {
    lost = true;
    List.copyOf(open).forEach(call -> call.lose(noticedAfterNanos));
    open.clear();
    ready.clear();
  }

  /// Opens a call.
  ///
  /// @param opened takes it before anything happens to it
  void open(Script script, ModelCall.CallListener listener, Consumer<ModelCall> opened) {
    ModelCall call = new ModelCall(agenda, this, script, listener);
    call.place = open.size();
    open.add(call);
    begun++;
    opened.accept(call);
    call.advance();
  }

  /// A call has ended.
  void close(ModelCall call) {
    if (lost || call.hasEnded()) {
      return;
    }
    OptionalLong residence = call.residenceNanos();
    call.end();
    ModelCall last = open.removeLast();
    if (last != call) {
      open.set(call.place, last);
      last.place = call.place;
    }
    waiting.onCallEnded(residence);
  }

  /// The lead at which a call pauses.
  long maxLeadNanos() {
    return draining ? Long.MAX_VALUE / 2 : settings.maxLead().toNanos();
  }

  /// Frames of a segment, at least one.
  int frames(int characters) {
    return settings.frames(characters);
  }

  /// The call waits for admission.
  void enqueue(ModelCall call) {
    waiting.add(call);
  }

  /// The call has a job.
  void submit(ModelCall call) {
    call.arrival = arrivals++;
    ready.add(call);
    dispatch();
  }

  private void dispatch() {
    while (busy < settings.threads() && !ready.isEmpty()) {
      ModelCall next = ready.remove();
      if (!next.hasEnded()) {
        busy++;
        meter.busy(busy);
        run(next);
      }
    }
  }

  private void run(ModelCall call) {
    boolean calm = busy <= 1 && ready.isEmpty();
    agenda.after(call.stageNanos(costs, calm), () -> finished(call));
  }

  /// A stage without frames goes on with the next one, unless a more urgent job waits.
  private void finished(ModelCall call) {
    if (lost) {
      return;
    }
    boolean goesOn = !call.hasEnded() && !call.onStageDone();
    ModelCall next = ready.peek();
    if (goesOn && (next == null || EARLIEST_DEADLINE_FIRST.compare(call, next) < 0)) {
      run(call);
      return;
    }
    busy--;
    meter.busy(busy);
    if (goesOn) {
      ready.add(call);
    }
    dispatch();
    if (!goesOn) {
      call.advance();
    }
  }

  private Collection<Load> loads() {
    List<Load> loads = new ArrayList<>(open.size());
    for (ModelCall call : open) {
      loads.add(new Load(VOICE, call.demand()));
    }
    return loads;
  }

  /// The share of its threads in use over the last seconds, or promised to running calls.
  double capacityUsed() {
    return Math.max(meter.recentUtilization(), admission.committedShare(loads()));
  }
}
