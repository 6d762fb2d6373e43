package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.config.SessionSettings;
import dev.ttsworker.engine.EngineOptions.SchedulingOrder;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.runtime.Scheduler;
import dev.ttsworker.engine.synthesis.CostMeter;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.FakeModels;
import dev.ttsworker.metrics.CallOutcome;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.tracing.Tracer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionManagerTest {
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final int MOST_CALLS = 3;

  private final FakeModels models = new FakeModels();
  private final WorkerMetrics metrics = new WorkerMetrics(new PrometheusRegistry());
  private final CostMeter costs = new CostMeter();
  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final RecordingReceiver receiver = new RecordingReceiver();
  private final Scheduler scheduler =
      new Scheduler(SchedulingOrder.EARLIEST_DEADLINE_FIRST, 1, Thread.ofPlatform().factory());
  private final SessionManager sessions = sessions(10);

  private SessionManager sessions(int maxOpen) {
    return sessions(maxOpen, false);
  }

  private SessionManager sessions(int maxOpen, boolean implicit) {
    return new SessionManager(
        models,
        new SessionManager.Settings(
            new SessionSettings(maxOpen, IDLE, Duration.ofSeconds(30), implicit, 1),
            new LimitSettings(20_000, 40_000, MOST_CALLS, 1),
            Duration.ofSeconds(5),
            TextOptions.AS_WRITTEN,
            Duration.ofMillis(400),
            Duration.ofSeconds(1)),
        () -> 1,
        costs,
        metrics,
        Tracer.OFF,
        now::get);
  }

  @AfterEach
  void close() {
    scheduler.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "exception"})
  void whateverIsThrownEndsTheCallWithAStatusAndLeavesNothing(String text) {
    sessions.start("id", "", Map.of());
    CallTask opened = sessions.openCall("id", receiver);
    opened.call().appendText(text);
    opened.call().endText();
    opened.speak();
    assertEquals(ErrorCode.INTERNAL, receiver.failure.orElseThrow().code());
    assertEquals(0, sessions.runningCalls());
    assertEquals(0, sessions.waitingTextBytes());
    sessions.end("id");
    assertEquals(0, models.leases.get());
  }

  /// The voice counts chunks.
  @Test
  void longChunkComesAsItWasSent() {
    sessions.start("id", "", Map.of());
    CallTask opened = sessions.openCall("id", receiver);
    String chunk = "a".repeat(19_999);
    opened.call().appendText(chunk);
    opened.call().endText();
    assertEquals(new TextEvent.Piece(chunk), opened.call().next(false));
    assertEquals(new TextEvent.End(), opened.call().next(false));
  }

  /// For each stopped reader the transport seems to hold frames for ever.
  @Test
  void pauseWaitsOnceForAllReadersThatStopped() {
    sessions.start("id", "", Map.of());
    List<StoppedReader> readers = new ArrayList<>();
    for (int i = 0; i < MOST_CALLS; i++) {
      StoppedReader reader = new StoppedReader();
      readers.add(reader);
      CallTask _ = sessions.openCall("id", reader);
    }
    assertEquals(MOST_CALLS, sessions.control("id", CallCommand.PAUSE).size());
    int looks = readers.stream().mapToInt(reader -> reader.looks).sum();
    assertEquals(3, looks, "three looks last as long as a pause waits");
    assertEquals(MOST_CALLS, sessions.control("id", CallCommand.STOP).size());
    assertEquals(3, readers.stream().mapToInt(reader -> reader.looks).sum());
  }

  private final class StoppedReader implements FrameReceiver {
    private int looks;

    @Override
    public boolean isReady() {
      looks++;
      now.addAndGet(Call.FLUSH_WAIT_NANOS / 3);
      return false;
    }

    @Override
    public void send(byte[] pcm, List<WordTiming> words, long sequence, Optional<Ending> end) {}

    @Override
    public void complete() {}

    @Override
    public void fail(WorkerException reason) {}
  }

  @Test
  void commandsReachAllCallsOfTheSessionAndNoOthers() {
    sessions.start("id", "", Map.of());
    sessions.start("other", "", Map.of());
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      calls.add(sessions.openCall("id", receiver).call());
    }
    Call other = sessions.openCall("other", receiver).call();
    CallSnapshot.Phase before = other.phase();
    assertEquals(2, sessions.control("id", CallCommand.PAUSE).size());
    calls.forEach(call -> assertEquals(CallSnapshot.Phase.PAUSED, call.phase()));
    assertEquals(before, other.phase());
    assertEquals(List.of(), sessions.control("id", CallCommand.RESUME));
    calls.forEach(call -> assertEquals(before, call.phase()));
    assertEquals(2, sessions.control("id", CallCommand.STOP).size());
    calls.forEach(call -> assertEquals(Optional.of(CallOutcome.STOPPED), call.outcome()));
    assertEquals(Optional.empty(), other.outcome());
  }

  @Test
  void lexiconThatIsTooLongIsRefused() {
    WorkerException refused =
        assertThrows(
            WorkerException.class,
            () -> sessions.start("id", "", Map.of("lexicon", "a=b\n".repeat(5_000) + "c")));
    assertEquals(ErrorCode.INVALID_FIELD, refused.code());
    assertEquals(
        "options.lexicon has 20001 characters; allowed: at most 20000", refused.getMessage());
  }

  @Test
  void refusalsQuoteOnlyTheBeginningOfWhatIsLong() {
    for (Map<String, String> options :
        List.of(Map.of("speed", "9".repeat(1_000)), Map.of("k".repeat(1_000), "1"))) {
      WorkerException refused =
          assertThrows(WorkerException.class, () -> sessions.start("id", "", options));
      assertTrue(refused.getMessage().contains("…\""), refused.getMessage());
      assertTrue(refused.getMessage().length() < 300, refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "speed=0x1p0",
        "speed=1.0f",
        "speed=1d",
        "speed=+1",
        "speed=.5",
        "speed=1.",
        "speed=١",
        "speed=1,0",
        "speed=NaN",
        "speed=Infinity",
        "volume_db=0x1",
        "noise_scale=1_0",
        "noise_w=1e",
        "seed=٣",
        "seed=+3",
        "seed=1.0",
        "seed=3L",
        "seed=0x3",
        "speaker=٠",
        "speaker=+0",
        "max_lead_ms=１000",
        "sample_rate=+8000",
        "sample_rate=8e3",
        "max_lead_ms=1e3"
      })
  void numbersAreTakenInPlainDecimalNotationOnly(String option) {
    List<String> parts = keyAndValue(option);
    WorkerException refused =
        assertThrows(
            WorkerException.class,
            () -> sessions.start("id", "", Map.of(parts.getFirst(), parts.getLast())));
    assertEquals(ErrorCode.INVALID_FIELD, refused.code());
    assertTrue(
        refused
            .getMessage()
            .startsWith(
                "options." + parts.getFirst() + " is \"" + parts.getLast() + "\"; allowed: "),
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "speed=1",
        "speed= 1.25 ",
        "speed=1e0",
        "speed=10E-1",
        "volume_db=-6.5",
        "noise_w=0",
        "seed=-9223372036854775808",
        "seed=007",
        "speaker=0",
        "sample_rate=8000",
        "max_lead_ms=5000"
      })
  void numbersInPlainDecimalNotationAreTaken(String option) {
    List<String> parts = keyAndValue(option);
    sessions.start("id", "", Map.of(parts.getFirst(), parts.getLast()));
    assertEquals(1, sessions.openSessions());
  }

  private static List<String> keyAndValue(String option) {
    int sign = option.indexOf('=');
    return List.of(option.substring(0, sign), option.substring(sign + 1));
  }

  @Test
  void callThatNoThreadSpeaksEndsWithAStatus() {
    sessions.start("id", "", Map.of());
    CallTask opened = sessions.openCall("id", receiver);
    opened.abandon(new OutOfMemoryError("unable to create native thread"));
    assertEquals(ErrorCode.INTERNAL, receiver.failure.orElseThrow().code());
    assertEquals(0, sessions.runningCalls());
    sessions.end("id");
    assertEquals(0, models.leases.get());
  }

  @Test
  void sessionWithInvalidOptionsReleasesItsVoice() {
    Map<String, String> hostile =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, String>> entrySet() {
            throw new StackOverflowError("deep");
          }
        };
    assertThrows(StackOverflowError.class, () -> sessions.start("id", "", hostile));
    assertThrows(WorkerException.class, () -> sessions.start("id", "", Map.of("speed", "fast")));
    assertEquals(0, models.leases.get());
    assertEquals(0, sessions.openSessions());
  }

  @Test
  void openCallsAreBounded() {
    sessions.start("id", "", Map.of());
    List<CallTask> open = new ArrayList<>();
    for (int i = 0; i < MOST_CALLS; i++) {
      open.add(sessions.openCall("id", receiver));
    }
    WorkerException full =
        assertThrows(WorkerException.class, () -> sessions.openCall("id", receiver));
    assertEquals(ErrorCode.NO_CAPACITY, full.code());
    assertTrue(full.getMessage().contains("limits.max_open_calls"), full.getMessage());
    open.getFirst().call().onCallerGone();
    open.getFirst().speak();
    CallTask _ = sessions.openCall("id", receiver);
  }

  @Test
  void lexiconsOfEndedAndEvictedSessionsAreReleased() {
    String words = "word=" + "long ".repeat(30);
    for (int i = 0; i < 1_000; i++) {
      sessions.start("ended", "", Map.of("lexicon", "x" + i + words));
      sessions.start("dropped" + i, "", Map.of("lexicon", "y" + i + words));
      sessions.end("ended");
    }
    assertEquals(10, sessions.openSessions());
    sessions.endAll();
    assertEquals(0, models.leases.get());
  }

  @Test
  void idleCheckDoesNotEndASessionThatReplacedTheIdleOne() {
    sessions.start("id", "", Map.of());
    now.addAndGet(IDLE.toNanos() + 1);
    sessions.start("id", "", Map.of());
    sessions.endIdle();
    CallTask _ = sessions.openCall("id", receiver);
    assertEquals(1, models.leases.get());
  }

  @Test
  void theLongestIdleSessionIsEvicted() {
    SessionManager few = sessions(2);
    few.start("a", "", Map.of());
    now.addAndGet(1);
    few.start("b", "", Map.of());
    now.addAndGet(1);
    few.start("c", "", Map.of());
    assertEquals(2, few.openSessions());
    assertThrows(WorkerException.class, () -> few.openCall("a", receiver));
    CallTask _ = few.openCall("b", receiver);
  }

  /// A call of a session that another worker has or had.
  @Test
  void implicitSessionEndsWithItsLastCall() {
    SessionManager implicit = sessions(10, true);
    CallTask first = implicit.openCall("moved", receiver);
    CallTask second = implicit.openCall("moved", new RecordingReceiver());
    assertEquals(1, implicit.openSessions());
    assertEquals(1, models.leases.get());
    assertEquals(2, implicit.control("moved", CallCommand.PAUSE).size());
    assertEquals(List.of(), implicit.control("moved", CallCommand.RESUME));
    first.call().endText();
    first.speak();
    assertEquals(1, implicit.openSessions());
    second.call().endText();
    second.speak();
    assertEquals(0, implicit.openSessions());
    assertEquals(0, models.leases.get());
    CallTask again = implicit.openCall("moved", receiver);
    implicit.end("moved");
    assertTrue(again.call().outcome().isPresent());
  }

  @Test
  void implicitSessionThatGetsNoCallLeavesNothing() {
    SessionManager implicit = sessions(10, true);
    for (int i = 0; i < MOST_CALLS; i++) {
      CallTask _ = implicit.openCall("", receiver);
    }
    WorkerException full =
        assertThrows(WorkerException.class, () -> implicit.openCall("moved", receiver));
    assertEquals(ErrorCode.NO_CAPACITY, full.code());
    assertEquals(0, implicit.openSessions());
    assertEquals(MOST_CALLS, models.leases.get());
    WorkerException tooLong =
        assertThrows(WorkerException.class, () -> implicit.openCall("x".repeat(257), receiver));
    assertEquals(ErrorCode.INVALID_FIELD, tooLong.code());
  }

  /// StartSession goes before: its voice and options count, and it stays.
  @Test
  void openSessionIsNotImplicit() {
    SessionManager implicit = sessions(10, true);
    String _ = implicit.start("id", "", Map.of());
    CallTask opened = implicit.openCall("id", receiver);
    opened.call().endText();
    opened.speak();
    assertEquals(1, implicit.openSessions());
  }
}
