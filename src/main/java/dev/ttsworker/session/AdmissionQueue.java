package dev.ttsworker.session;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.Admission.Load;
import dev.ttsworker.session.Admission.Need;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Admission queue: a call that does not fit now waits, FIFO; calls that resume after a stall
/// precede new ones. A new call whose queueing delay would exceed the limit is refused (load
/// shedding), at once when that can be predicted. Thread-safe.
///
/// Lock order: queue, then call. No caller may hold a call's lock here, except to wake a waiting
/// thread, which takes no lock.
public final class AdmissionQueue {
  /// Polling interval of the head of the queue, in addition to wake-ups.
  private static final long POLL_NANOS = 10_000_000;

  private static final long REAR_POLL_NANOS = 100_000_000;

  /// Estimate until the first call has ended.
  private static final double INITIAL_RESIDENCE_SECONDS = 2;

  private static final double SMOOTHING = 0.1;

  /// Limits the effect of one long call on the mean, in multiples of the mean.
  private static final double MAX_RESIDENCE_RATIO = 4;

  private final Admission admission;
  private final Supplier<Collection<Load>> open;
  private final Duration maxWait;
  private final LongSupplier nanoTime;
  private final AdmissionListener listener;
  private final Deque<Ticket> resumed = new ArrayDeque<>();
  private final Deque<Ticket> fresh = new ArrayDeque<>();
  private double residenceSeconds = INITIAL_RESIDENCE_SECONDS;

  /// @param open the loads of all admitted calls
  /// @param maxWait maximum queueing delay of a new call
  public AdmissionQueue(
      Admission admission,
      Supplier<Collection<Load>> open,
      Duration maxWait,
      LongSupplier nanoTime,
      AdmissionListener listener) {
    this.admission = admission;
    this.open = open;
    this.maxWait = maxWait;
    this.nanoTime = nanoTime;
    this.listener = listener;
  }

  /// A call that requests admission. Its methods are called under the queue's lock.
  public interface Entrant {
    /// Its load once admitted.
    Load load();

    /// Whether it was admitted before and resumes after a stall: it may wait, but is never refused.
    boolean isResumed();

    /// Whether it has ended in the meantime.
    boolean hasEnded();

    /// Admits it: from now on it is one of the open calls' loads.
    void admit();
  }

  /// Is notified of admission decisions.
  public interface AdmissionListener {
    void admitted(String modelId, Duration waited);

    void refused(String modelId);
  }

  /// A place in the queue.
  public static final class Ticket {
    private final Entrant entrant;
    private final long sinceNanos;
    private final Thread thread = Thread.currentThread();

    private Ticket(Entrant entrant, long nowNanos) {
      this.entrant = entrant;
      this.sinceNanos = nowNanos;
    }

    /// Wakes its thread to check again; takes no lock.
    void wake() {
      LockSupport.unpark(thread);
    }
  }

  /// Blocks until the call is admitted; the calling thread should be a virtual one.
  ///
  /// @throws WorkerException `NO_CAPACITY`, `CALL_CANCELLED` when the call ends in the meantime
  void enter(Entrant entrant) {
    Ticket ticket = join(entrant);
    try {
      while (!isAdmitted(ticket)) {
        LockSupport.parkNanos(this, isHead(ticket) ? POLL_NANOS : REAR_POLL_NANOS);
        if (Thread.interrupted()) {
          Thread.currentThread().interrupt();
          throw new WorkerException(ErrorCode.INTERNAL, "The thread of a call was interrupted");
        }
      }
    } finally {
      leave(ticket);
    }
  }

  /// Takes a place in the queue.
  ///
  /// @throws WorkerException `NO_CAPACITY` when the call would have to wait too long
  public synchronized Ticket join(Entrant entrant) {
    Ticket ticket = new Ticket(entrant, nanoTime.getAsLong());
    if (entrant.isResumed()) {
      resumed.add(ticket);
      return ticket;
    }
    List<Load> ahead = waiting();
    Need need = need(ticket, ahead);
    boolean fits = ahead.isEmpty() && need.isMet();
    if (!fits && expectedWaitSeconds(need) > maxWait.toNanos() / 1e9) {
      throw refusal(ticket, need);
    }
    fresh.add(ticket);
    return ticket;
  }

  /// Whether the call is admitted now; then it leaves the queue.
  ///
  /// @throws WorkerException `NO_CAPACITY` when it has waited too long, `CALL_CANCELLED` when it
  ///   has ended
  public synchronized boolean isAdmitted(Ticket ticket) {
    if (ticket.entrant.hasEnded()) {
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call has ended");
    }
    long waited = nanoTime.getAsLong() - ticket.sinceNanos;
    boolean last = !ticket.entrant.isResumed() && waited >= maxWait.toNanos();
    if (!isHead(ticket) && !last) {
      return false;
    }
    Need need = need(ticket, List.of());
    if (isHead(ticket) && need.isMet()) {
      ticket.entrant.admit();
      listener.admitted(ticket.entrant.load().modelId(), Duration.ofNanos(waited));
      leave(ticket);
      return true;
    }
    if (last) {
      throw refusal(ticket, need);
    }
    return false;
  }

  private Need need(Ticket ticket, Collection<Load> ahead) {
    double share = ticket.entrant.isResumed() ? Admission.RESUMED_SHARE : Admission.PLANNED_SHARE;
    return admission.need(open.get(), ahead, ticket.entrant.load(), share);
  }

  private synchronized boolean isHead(Ticket ticket) {
    return resumed.isEmpty() ? fresh.peek() == ticket : resumed.peek() == ticket;
  }

  /// Removes a ticket, admitted or not; idempotent.
  public synchronized void leave(Ticket ticket) {
    boolean left = resumed.remove(ticket) || fresh.remove(ticket);
    if (left) {
      wakeHead();
    }
  }

  /// Wakes the head to check again: capacity may be available.
  synchronized void wakeHead() {
    Ticket head = resumed.isEmpty() ? fresh.peek() : resumed.peek();
    if (head != null) {
      head.wake();
    }
  }

  /// Records that an admitted call has ended.
  ///
  /// @param residence time since it was admitted
  public synchronized void onCallEnded(Duration residence) {
    double seconds = Math.min(residence.toNanos() / 1e9, MAX_RESIDENCE_RATIO * residenceSeconds);
    residenceSeconds += SMOOTHING * (seconds - residenceSeconds);
    wakeHead();
  }

  /// Calls that wait for admission.
  public synchronized int depth() {
    return resumed.size() + fresh.size();
  }

  private List<Load> waiting() {
    List<Load> loads = new ArrayList<>();
    resumed.forEach(ticket -> loads.add(ticket.entrant.load()));
    fresh.forEach(ticket -> loads.add(ticket.entrant.load()));
    return loads;
  }

  /// The backlog of the horizon shrinks at the threads' pace; sustained capacity is released as
  /// calls end.
  private double expectedWaitSeconds(Need need) {
    double seconds = admission.backlogSeconds(need);
    if (need.lackingThreads() > 0 && need.active() > 0) {
      double ends = Math.ceil(need.lackingThreads() / need.each());
      seconds = Math.max(seconds, ends * residenceSeconds / need.active());
    }
    return seconds;
  }

  private WorkerException refusal(Ticket ticket, Need need) {
    listener.refused(ticket.entrant.load().modelId());
    return new WorkerException(
        ErrorCode.NO_CAPACITY,
        String.format(
            Locale.ROOT,
            "No capacity now: %s, and this call would wait for longer than %d ms"
                + " (admission.max_wait_ms)",
            shortfall(need),
            maxWait.toMillis()));
  }

  private static String shortfall(Need need) {
    if (need.lackingThreads() > 0) {
      return String.format(
          Locale.ROOT,
          "speech would need %.2f of %.0f inference threads, of which %.2f may be planned",
          need.sustained(),
          need.available(),
          need.sustained() - need.lackingThreads());
    }
    if (need.lackingSeconds() > 0) {
      return String.format(
          Locale.ROOT,
          "speech due within %.0f ms would need %.0f ms more of %.0f inference threads",
          Admission.HORIZON_SECONDS * 1_000,
          Math.max(1, Math.ceil(need.lackingSeconds() * 1_000)),
          need.available());
    }
    return "other calls wait already";
  }
}
