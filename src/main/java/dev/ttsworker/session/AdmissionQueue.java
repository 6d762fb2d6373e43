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

/// Queueing in front of admission: a call that does not fit now waits, first in, first out; calls
/// that go on after a rest of their own making come before new ones. A new call that would have to
/// wait too long is refused, at once when that can be foreseen. Thread-safe.
///
/// Locks are taken in the order queue, call: nobody may come here while holding a call's lock,
/// except to wake a waiting thread, which takes no lock.
final class AdmissionQueue {
  /// The head of the queue looks this often whether it fits, beside being woken.
  private static final long LOOK_NANOS = 10_000_000;

  private static final long LOOK_BEHIND_NANOS = 100_000_000;

  /// Taken before any call has ended.
  private static final double UNKNOWN_RESIDENCE_SECONDS = 2;

  private static final double NEWEST = 0.1;

  /// One long call counts at most as this many usual ones.
  private static final double LONGEST_RESIDENCE = 4;

  private final Admission admission;
  private final Supplier<Collection<Load>> open;
  private final Duration maxWait;
  private final LongSupplier nanoTime;
  private final AdmissionListener listener;
  private final Deque<Ticket> resumed = new ArrayDeque<>();
  private final Deque<Ticket> fresh = new ArrayDeque<>();
  private double residenceSeconds = UNKNOWN_RESIDENCE_SECONDS;

  /// @param open the demand of all calls that are let in
  /// @param maxWait how long a new call waits at most
  AdmissionQueue(
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

  /// A call that wants to be let in. Its methods are called under the queue's lock.
  interface Entrant {
    /// What it will need.
    Load load();

    /// Whether it was let in before, and goes on after a rest: it may wait, but is never refused.
    boolean isResumed();

    /// Whether it has ended meanwhile.
    boolean isOver();

    /// Lets it in: from now on it is one of the open calls' loads.
    void admit();
  }

  /// Hears what becomes of the calls that come here.
  interface AdmissionListener {
    void admitted(String modelId, Duration waited);

    void refused(String modelId);
  }

  /// A place in the queue.
  static final class Ticket {
    private final Entrant entrant;
    private final long sinceNanos;
    private final Thread thread = Thread.currentThread();

    private Ticket(Entrant entrant, long nowNanos) {
      this.entrant = entrant;
      this.sinceNanos = nowNanos;
    }

    /// Has its thread look again; takes no lock.
    void wake() {
      LockSupport.unpark(thread);
    }
  }

  /// Returns once the call is let in. The calling thread waits, and should be a virtual one.
  ///
  /// @throws WorkerException `NO_CAPACITY`, `CALL_CANCELLED` when the call ends meanwhile
  void enter(Entrant entrant) {
    Ticket ticket = join(entrant);
    try {
      while (!isAdmitted(ticket)) {
        LockSupport.parkNanos(this, isHead(ticket) ? LOOK_NANOS : LOOK_BEHIND_NANOS);
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
  synchronized Ticket join(Entrant entrant) {
    Ticket ticket = new Ticket(entrant, nanoTime.getAsLong());
    if (entrant.isResumed()) {
      resumed.add(ticket);
      return ticket;
    }
    List<Load> ahead = waiting();
    Need need = need(ticket, ahead);
    boolean fits = ahead.isEmpty() && need.isMet();
    if (!fits && expectedSeconds(need) > maxWait.toNanos() / 1e9) {
      throw refusal(ticket, need);
    }
    fresh.add(ticket);
    return ticket;
  }

  /// Whether the call is let in now; then its place is free.
  ///
  /// @throws WorkerException `NO_CAPACITY` when it has waited too long, `CALL_CANCELLED` when it
  ///   has ended
  synchronized boolean isAdmitted(Ticket ticket) {
    if (ticket.entrant.isOver()) {
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
    double share =
        ticket.entrant.isResumed() ? Admission.SHARE_OF_RESUMED : Admission.PLANNED_SHARE;
    return admission.need(open.get(), ahead, ticket.entrant.load(), share);
  }

  private synchronized boolean isHead(Ticket ticket) {
    return resumed.isEmpty() ? fresh.peek() == ticket : resumed.peek() == ticket;
  }

  /// Gives a place up, admitted or not.
  private synchronized void leave(Ticket ticket) {
    boolean left = resumed.remove(ticket) || fresh.remove(ticket);
    if (left) {
      wakeHead();
    }
  }

  /// Has the head look again: capacity may have become free.
  synchronized void wakeHead() {
    Ticket head = resumed.isEmpty() ? fresh.peek() : resumed.peek();
    if (head != null) {
      head.wake();
    }
  }

  /// Hears that a call that was let in has ended.
  ///
  /// @param residence how long it was in
  synchronized void ended(Duration residence) {
    double seconds = Math.min(residence.toNanos() / 1e9, LONGEST_RESIDENCE * residenceSeconds);
    residenceSeconds += NEWEST * (seconds - residenceSeconds);
    wakeHead();
  }

  /// Calls that wait to be let in.
  synchronized int depth() {
    return resumed.size() + fresh.size();
  }

  private List<Load> waiting() {
    List<Load> loads = new ArrayList<>();
    resumed.forEach(ticket -> loads.add(ticket.entrant.load()));
    fresh.forEach(ticket -> loads.add(ticket.entrant.load()));
    return loads;
  }

  /// What is due too soon is worked off at the threads' pace; threads for good come free as calls
  /// end.
  private double expectedSeconds(Need need) {
    double seconds = admission.secondsToWorkOff(need);
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
            lacking(need),
            maxWait.toMillis()));
  }

  private static String lacking(Need need) {
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
