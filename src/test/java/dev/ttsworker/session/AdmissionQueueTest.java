package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.synthesis.CostMeter;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.session.Admission.Load;
import dev.ttsworker.session.AdmissionQueue.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two threads and calls that cost 0.15 each: ten fit.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AdmissionQueueTest {
  private static final Demand RICH = new Demand.Speech(Duration.ofSeconds(4));
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final AtomicLong now = new AtomicLong(5_000_000_000L);
  private final List<Load> open = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private final AdmissionQueue queue =
      new AdmissionQueue(
          new Admission(() -> 2, new CostMeter()),
          () -> List.copyOf(open),
          MAX_WAIT,
          now::get,
          new AdmissionQueue.AdmissionListener() {
            @Override
            public void admitted(String modelId, Duration waited) {
              waits.add(waited);
            }

            @Override
            public void refused(String modelId) {
              refusals.add(modelId);
            }
          });

  @Test
  void callThatFitsIsAdmittedAtOnce() {
    FakeCall call = new FakeCall(false);
    queue.enter(call);
    assertTrue(call.admitted);
    assertEquals(List.of(Duration.ZERO), waits);
    assertEquals(0, queue.depth());
  }

  @Test
  void callThatDoesNotFitWaitsUntilAnotherEnds() {
    fill(10);
    FakeCall call = new FakeCall(false);
    Ticket ticket = queue.join(call);
    assertFalse(queue.isAdmitted(ticket));
    assertEquals(1, queue.depth());
    pass(Duration.ofMillis(300));
    assertFalse(queue.isAdmitted(ticket));
    open.removeFirst();
    assertTrue(queue.isAdmitted(ticket));
    assertEquals(List.of(Duration.ofMillis(300)), waits);
    assertEquals(0, queue.depth());
    assertTrue(refusals.isEmpty());
  }

  @Test
  void firstInIsFirstOut() {
    fill(10);
    Ticket first = queue.join(new FakeCall(false));
    Ticket second = queue.join(new FakeCall(false));
    open.removeFirst();
    assertFalse(queue.isAdmitted(second), "the first one waits for longer");
    assertTrue(queue.isAdmitted(first));
    assertFalse(queue.isAdmitted(second), "the first one has taken the place");
    open.removeFirst();
    assertTrue(queue.isAdmitted(second));
  }

  @Test
  void resumedCallsComeFirstAndAreNeverRefused() {
    fill(12);
    Ticket fresh = queue.join(new FakeCall(false));
    Ticket resumed = queue.join(new FakeCall(true));
    pass(MAX_WAIT.multipliedBy(60));
    assertFalse(queue.isAdmitted(resumed));
    assertThrows(WorkerException.class, () -> queue.isAdmitted(fresh));
    open.removeFirst();
    assertTrue(queue.isAdmitted(resumed), "they may use more of the threads than new ones");
  }

  @Test
  void callThatHasWaitedForTooLongIsRefused() {
    fill(10);
    Ticket ticket = queue.join(new FakeCall(false));
    pass(MAX_WAIT.minusNanos(1));
    assertFalse(queue.isAdmitted(ticket));
    pass(Duration.ofNanos(1));
    WorkerException refused = assertThrows(WorkerException.class, () -> queue.isAdmitted(ticket));
    assertEquals(ErrorCode.NO_CAPACITY, refused.code());
    assertEquals(
        "No capacity now: speech would need 1.65 of 2 inference threads, of which 1.50 may be"
            + " planned, and this call would wait for longer than 1000 ms (admission.max_wait_ms)",
        refused.getMessage());
    assertEquals(List.of("voice"), refusals);
  }

  @Test
  void refusalNamesTimeWhenThreadsAreAvailable() {
    for (int i = 0; i < 9; i++) {
      open.add(new Load("voice", new Demand.Speech(Duration.ofMillis(-1))));
    }
    Ticket ticket = queue.join(new FakeCall(false, new Demand.FirstAudio(400)));
    pass(MAX_WAIT);
    WorkerException refused = assertThrows(WorkerException.class, () -> queue.isAdmitted(ticket));
    assertEquals(
        "No capacity now: speech due within 400 ms would need 192 ms more of 2 inference threads,"
            + " and this call would wait for longer than 1000 ms (admission.max_wait_ms)",
        refused.getMessage());
  }

  @Test
  void refusalNamesWaitingCallsWhenTheCallWouldFit() {
    fill(10);
    Ticket _ = queue.join(new FakeCall(false));
    Ticket second = queue.join(new FakeCall(false));
    pass(MAX_WAIT);
    open.removeFirst();
    WorkerException refused = assertThrows(WorkerException.class, () -> queue.isAdmitted(second));
    assertTrue(
        refused.getMessage().startsWith("No capacity now: other calls wait already, and this"),
        refused.getMessage());
  }

  /// Ten calls of two seconds each: five end in a second.
  @Test
  void callThatWouldWaitForTooLongIsRefusedAtOnce() {
    fill(10);
    int waiting = 0;
    while (joins(new FakeCall(false))) {
      waiting++;
      assertTrue(waiting < 100, "Everybody waits");
    }
    assertEquals(5, waiting);
    assertEquals(5, queue.depth());
  }

  @Test
  void theSoonerCallsEndTheMoreMayWait() {
    fill(10);
    for (int i = 0; i < 100; i++) {
      queue.onCallEnded(Duration.ofMillis(500));
    }
    int waiting = 0;
    while (joins(new FakeCall(false))) {
      waiting++;
      assertTrue(waiting < 100, "Everybody waits");
    }
    assertTrue(waiting > 15 && waiting < 20, waiting + " wait");
  }

  @Test
  void oneLongCallDoesNotMakeEveryWaitLookLong() {
    fill(10);
    queue.onCallEnded(Duration.ofHours(1));
    assertTrue(joins(new FakeCall(false)));
    assertTrue(joins(new FakeCall(false)));
  }

  @Test
  void callThatEndsWhileItWaitsLeavesTheQueue() {
    fill(10);
    FakeCall gone = new FakeCall(false);
    Ticket first = queue.join(gone);
    gone.over = true;
    WorkerException ended = assertThrows(WorkerException.class, () -> queue.isAdmitted(first));
    assertEquals(ErrorCode.CALL_CANCELLED, ended.code());
    assertTrue(refusals.isEmpty());
  }

  @Test
  void waitingCallsAreWokenInOrderAndLeaveNothingBehind() throws Exception {
    fill(10);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      FakeCall call = new FakeCall(false);
      Future<?> waiting = threads.submit(() -> queue.enter(call));
      while (queue.depth() == 0) {
        Polling.pause();
      }
      synchronized (queue) {
        open.removeFirst();
      }
      queue.onCallEnded(Duration.ofSeconds(1));
      waiting.get();
      assertTrue(call.admitted);
      FakeCall gone = new FakeCall(false);
      gone.over = true;
      Future<?> leaving = threads.submit(() -> queue.enter(gone));
      assertThrows(java.util.concurrent.ExecutionException.class, leaving::get);
    }
    assertEquals(0, queue.depth());
  }

  private boolean joins(FakeCall call) {
    try {
      Ticket _ = queue.join(call);
      return true;
    } catch (WorkerException full) {
      assertEquals(ErrorCode.NO_CAPACITY, full.code());
      return false;
    }
  }

  private void fill(int calls) {
    for (int i = 0; i < calls; i++) {
      open.add(new Load("voice", RICH));
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private final class FakeCall implements AdmissionQueue.Entrant {
    private final boolean resumed;
    private volatile boolean over;
    private volatile boolean admitted;

    private final Demand demand;

    FakeCall(boolean resumed) {
      this(resumed, RICH);
    }

    FakeCall(boolean resumed, Demand demand) {
      this.resumed = resumed;
      this.demand = demand;
    }

    @Override
    public Load load() {
      return new Load("voice", demand);
    }

    @Override
    public boolean isResumed() {
      return resumed;
    }

    @Override
    public boolean hasEnded() {
      return over;
    }

    @Override
    public void admit() {
      admitted = true;
      open.add(load());
    }
  }
}
