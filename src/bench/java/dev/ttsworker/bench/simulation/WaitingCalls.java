package dev.ttsworker.bench.simulation;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.Admission;
import dev.ttsworker.session.Admission.Load;
import dev.ttsworker.session.AdmissionQueue;
import dev.ttsworker.session.AdmissionQueue.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Calls that wait in a worker's admission queue: asks it as their threads would, every 10 ms and
/// when a call has ended.
final class WaitingCalls {
  private static final long POLL_NANOS = 10_000_000;

  private final Agenda agenda;
  private final AdmissionQueue queue;
  private final List<Waiting> waiting = new ArrayList<>();
  private boolean pollPlanned;

  /// @param open the loads of the worker's calls
  /// @param maxWait maximum queueing delay
  WaitingCalls(
      Agenda agenda, Admission admission, Supplier<Collection<Load>> open, Duration maxWait) {
    this.agenda = agenda;
    this.queue =
        new AdmissionQueue(admission, open, maxWait, agenda::nowNanos, new NobodyListens());
  }

  private record Waiting(Ticket ticket, ModelCall call) {}

  private static final class NobodyListens implements AdmissionQueue.AdmissionListener {
    @Override
    public void admitted(String modelId, Duration waited) {}

    @Override
    public void refused(String modelId) {}
  }

  void add(ModelCall call) {
    try {
      waiting.add(new Waiting(queue.join(call), call));
    } catch (WorkerException refusal) {
      call.refuse();
      return;
    }
    poll();
  }

  /// @param residenceNanos time since the call was admitted; empty when it never was
  void onCallEnded(OptionalLong residenceNanos) {
    residenceNanos.ifPresent(nanos -> queue.onCallEnded(Duration.ofNanos(nanos)));
    if (!waiting.isEmpty()) {
      agenda.after(0, this::poll);
    }
  }

  private void poll() {
    List<ModelCall> admitted = new ArrayList<>();
    List<ModelCall> refused = new ArrayList<>();
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      try {
        if (queue.isAdmitted(next.ticket)) {
          all.remove();
          admitted.add(next.call);
        }
      } catch (WorkerException e) {
        all.remove();
        queue.leave(next.ticket);
        if (e.code() == ErrorCode.NO_CAPACITY) {
          refused.add(next.call);
        }
      }
    }
    if (!waiting.isEmpty() && !pollPlanned) {
      pollPlanned = true;
      agenda.after(POLL_NANOS, this::plannedPoll);
    }
    admitted.forEach(ModelCall::advance);
    refused.forEach(ModelCall::refuse);
  }

  private void plannedPoll() {
    pollPlanned = false;
    poll();
  }
}
