package dev.ttsworker.session;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.SynthesisMetrics;
import dev.ttsworker.session.Admission.Load;
import dev.ttsworker.session.AdmissionQueue.AdmissionListener;
import dev.ttsworker.session.AdmissionQueue.Entrant;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Registry of the open calls of all sessions, with the admission queue. Thread-safe.
final class CallRegistry {
  private final int most;
  private final Admission admission;
  private final AdmissionQueue queue;
  private final AdmissionCounts counts;
  private final LongSupplier nanoTime;
  private final Set<CallTask> open = ConcurrentHashMap.newKeySet();
  private final LongAdder begun = new LongAdder();
  private final LongAdder failed = new LongAdder();

  CallRegistry(
      LimitSettings limits,
      Duration maxWait,
      Admission admission,
      SynthesisMetrics metrics,
      LongSupplier nanoTime) {
    this.most = limits.maxOpenCalls();
    this.admission = admission;
    this.counts = new AdmissionCounts(metrics);
    this.queue = new AdmissionQueue(admission, this::loads, maxWait, nanoTime, counts);
    this.nanoTime = nanoTime;
  }

  /// Adds a call.
  ///
  /// @throws WorkerException `NO_CAPACITY` when too many are open
  synchronized void add(CallTask call) {
    if (open.size() >= most) {
      counts.refused(call.modelId());
      failed.increment();
      throw new WorkerException(
          ErrorCode.NO_CAPACITY,
          "No capacity now: " + most + " calls are open (limits.max_open_calls)");
    }
    open.add(call);
  }

  /// Removes an ended call; no effect if it is not open.
  void remove(CallTask call) {
    boolean wasOpen = open.remove(call);
    if (wasOpen) {
      if (call.hasFailed()) {
        failed.increment();
      }
      call.residence().ifPresentOrElse(queue::onCallEnded, queue::wakeHead);
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /// Blocks the call's thread until there is capacity for it.
  ///
  /// @throws WorkerException `NO_CAPACITY`, `CALL_CANCELLED`
  void admit(Call call, String modelId) {
    queue.enter(new CallEntrant(call, modelId));
  }

  private final class CallEntrant implements Entrant {
    private final Call call;
    private final String modelId;

    CallEntrant(Call call, String modelId) {
      this.call = call;
      this.modelId = modelId;
    }

    @Override
    public Load load() {
      return new Load(modelId, call.demandOnceAdmitted());
    }

    @Override
    public boolean isResumed() {
      return call.hasProducedAudio();
    }

    @Override
    public boolean hasEnded() {
      return call.outcome().isPresent();
    }

    @Override
    public void admit() {
      if (call.admittedNanos().isEmpty()) {
        begun.increment();
      }
      call.admit();
    }
  }

  private Collection<Load> loads() {
    return open.stream().map(CallTask::load).toList();
  }

  /// The share of the inference threads that the calls need in the long run, 0..1.
  double committedShare() {
    return admission.committedShare(loads());
  }

  /// Calls that wait for admission.
  int queued() {
    return queue.depth();
  }

  /// Calls that were admitted so far, each counted once.
  long begun() {
    return begun.sum();
  }

  /// Calls that failed or were refused so far.
  long failed() {
    return failed.sum();
  }

  AdmissionCounts counts() {
    return counts;
  }

  int size() {
    return open.size();
  }

  int framesWaiting() {
    return open.stream().mapToInt(opened -> opened.call().framesWaiting()).sum();
  }

  /// The oldest first.
  List<CallSnapshot> snapshots() {
    return open.stream()
        .map(CallTask::snapshot)
        .sorted(Comparator.comparing(CallSnapshot::age).reversed())
        .toList();
  }

  /// Removes the limit of every call's lead.
  void liftLeadLimit() {
    open.forEach(opened -> opened.call().liftLeadLimit());
  }

  /// Waits until no call is open; false after a timeout.
  synchronized boolean awaitEmpty(Duration patience) throws InterruptedException {
    long end = nanoTime.getAsLong() + patience.toNanos();
    while (!open.isEmpty()) {
      long leftMillis = (end - nanoTime.getAsLong()) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }

  /// Counts admission decisions.
  static final class AdmissionCounts implements AdmissionListener {
    private final SynthesisMetrics metrics;
    private long waits;
    private long waitedNanos;

    AdmissionCounts(SynthesisMetrics metrics) {
      this.metrics = metrics;
    }

    @Override
    public synchronized void admitted(String modelId, Duration waited) {
      metrics.admitted(waited);
      waits++;
      waitedNanos += waited.toNanos();
    }

    @Override
    public void refused(String modelId) {
      metrics.refused(modelId);
    }

    /// Admissions, those after a stall included.
    synchronized long admissions() {
      return waits;
    }

    /// Total queueing delay of them.
    synchronized double waitedSeconds() {
      return waitedNanos / 1e9;
    }
  }
}
