package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.metrics.CallOutcome;
import dev.ttsworker.metrics.Exposition;
import dev.ttsworker.metrics.WorkerMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CallTest {
  private static final Duration MAX_WAIT = Duration.ofMillis(400);

  private final RecordingReceiver receiver = new RecordingReceiver();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final WorkerMetrics metrics = new WorkerMetrics(registry);
  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final ByteBudget budget =
      new ByteBudget("text that waits", "limits.max_waiting_text_mb", 1 << 20);
  private AdmissionGate gate = Call::admit;
  private final AtomicInteger looks = new AtomicInteger();
  private final List<Call> opened = new ArrayList<>();
  private final ExecutorService speakers = Executors.newVirtualThreadPerTaskExecutor();

  /// Threads of calls that a failed test leaves waiting would be waited for.
  @AfterEach
  void close() {
    opened.forEach(Call::onCallerGone);
    speakers.close();
  }

  @Test
  void exactlyTheLastFrameIsMarked() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.writeFrames(List.of(frame(1)));
    call.writeFrames(List.of(frame(2)));
    call.writeFrames(List.of(frame(3)));
    assertEquals(2, receiver.count());
    call.complete();
    assertEquals(List.of(1L, 2L, 3L), receiver.frames.stream().map(f -> f.sequence()).toList());
    assertEquals(List.of(false, false, true), receiver.frames.stream().map(f -> f.last()).toList());
    assertArrayEquals(frame(3), receiver.frames.get(2).pcm());
    assertTrue(receiver.completed);
  }

  @Test
  void callWithoutAudioEndsWithOneEmptyFrame() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.complete();
    assertEquals(1, receiver.count());
    assertEquals(0, receiver.frames.getFirst().pcm().length);
    assertEquals(1, receiver.frames.getFirst().sequence());
    assertTrue(receiver.frames.getFirst().last());
    assertEquals(0, call.frames());
  }

  @Test
  void nothingLeavesWhilePausedAndNothingIsLost() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.writeFrames(List.of(frame(1)));
    call.pause();
    Future<?> speaking =
        speakers.submit(() -> {
          call.writeFrames(List.of(frame(2)));
          call.complete();
        });
    awaitFramesWaiting(call, 2);
    assertFalse(speaking.isDone());
    assertEquals(0, receiver.count());
    call.resume();
    speaking.get();
    assertArrayEquals(frame(1), receiver.frames.get(0).pcm());
    assertArrayEquals(frame(2), receiver.frames.get(1).pcm());
  }

  @Test
  void pausedTooLongEndsWithAFinalFrame() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ZERO);
    call.writeFrames(List.of(frame(1)));
    call.pause();
    assertThrows(WorkerException.class, () -> call.writeFrames(List.of(frame(2))));
    assertEquals(Optional.of(CallOutcome.STOPPED), call.outcome());
    assertEquals(Optional.of(CallEnd.PAUSED_TOO_LONG), receiver.frames.getFirst().end());
  }

  @Test
  void stopFreesAPausedCallAtOnceAndCancelsItsWork() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.writeFrames(List.of(frame(1)));
    call.pause();
    Future<?> speaking = speakers.submit(() -> call.writeFrames(List.of(frame(2))));
    awaitFramesWaiting(call, 2);
    assertFalse(speaking.isDone());
    call.stop(CallEnd.STOPPED);
    assertThrows(java.util.concurrent.ExecutionException.class, speaking::get);
    assertEquals(1, receiver.count());
    assertEquals(Optional.of(CallEnd.STOPPED), receiver.frames.getFirst().end());
    assertTrue(call.cancellationToken().isCancelled());
    call.stop(CallEnd.STOPPED);
    call.onCallerGone();
    assertEquals(1, receiver.count());
  }

  @Test
  void callerThatDisconnectedGetsNothingMore() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.writeFrames(List.of(frame(1)));
    call.onCallerGone();
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> call.writeFrames(List.of(frame(2))));
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
    call.complete();
    assertEquals(0, receiver.count());
    assertFalse(receiver.completed);
  }

  @Test
  void failureComesAfterTheFramesThatWereMade() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.writeFrames(List.of(frame(1)));
    call.fail(new WorkerException(ErrorCode.INFERENCE_FAILED, "broken"));
    assertEquals(1, receiver.count());
    assertFalse(receiver.frames.getFirst().last());
    assertEquals(ErrorCode.INFERENCE_FAILED, receiver.failure.orElseThrow().code());
  }

  @Test
  void leadIsBoundedByPlayOutUnlessTheLimitIsLifted() throws Exception {
    Call call = call(Duration.ofMillis(40), Duration.ofSeconds(30));
    for (int i = 0; i < 4; i++) {
      call.writeFrames(List.of(frame(i)));
    }
    Future<?> waiting = waitingForRoom(call);
    now.addAndGet(Duration.ofMillis(20).toNanos());
    call.onReceiverReady();
    waiting.get();
    for (int i = 0; i < 10; i++) {
      call.writeFrames(List.of(frame(i)));
    }
    Future<?> again = waitingForRoom(call);
    call.liftLeadLimit();
    again.get();
  }

  /// Returns when `frames` frames are queued and the synthesis thread waits: it holds the call's
  /// lock until then.
  private static void awaitFramesWaiting(Call call, int frames) {
    while (call.framesWaiting() < frames) {
      Polling.pause();
    }
  }

  /// Returns when the thread that asks for room waits; it fails when that one is let through.
  private static Future<?> waitingForRoom(Call call) {
    FutureTask<Boolean> asking = new FutureTask<>(call::awaitRoom, true);
    Thread thread = Thread.ofVirtual().start(asking);
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertFalse(asking.isDone(), "there was room");
      Polling.pause();
    }
    return asking;
  }

  @Test
  void slowReaderHoldsFramesBack() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    receiver.ready = false;
    call.writeFrames(frames(Call.MAX_BACKLOG_FRAMES));
    call.writeFrames(frames(1));
    Future<?> speaking = speakers.submit(() -> call.writeFrames(frames(1)));
    awaitFramesWaiting(call, Call.MAX_BACKLOG_FRAMES + 2);
    await(call, CallSnapshot.Phase.AWAITING_READER);
    assertFalse(speaking.isDone());
    assertEquals(0, receiver.count());
    receiver.eachFrameWaitsInside = true;
    receiver.ready = true;
    call.onReceiverReady();
    speaking.get();
    assertEquals(1, receiver.count(), "the rest waits for the reader, not the call for the rest");
  }

  @Test
  void deadlineIsThatOfFirstAudioAndThenOfPlayOut() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    assertEquals(now.get() + PlayoutClock.FIRST_AUDIO_NANOS, call.deadlineNanos());
    assertEquals(OptionalLong.of(0), call.leadNanos());
    now.addAndGet(40_000_000);
    for (int i = 0; i < 4; i++) {
      call.writeFrames(List.of(frame(i)));
    }
    assertEquals(now.get() + 60_000_000, call.deadlineNanos());
    now.addAndGet(100_000_000);
    assertEquals(OptionalLong.of(-40_000_000), call.leadNanos());
  }

  @Test
  void demandIsThatOfTheCallsState() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    assertEquals(Demand.STALLED, call.demand(), "nothing was computed for it yet");
    call.appendText("Hello");
    assertEquals(new Demand.FirstAudio(5), call.demandOnceAdmitted());
    call.awaitRoom();
    assertEquals(new Demand.FirstAudio(5), call.demand());
    call.writeFrames(List.of(frame(1)));
    call.writeFrames(List.of(frame(2)));
    assertEquals(new Demand.Speech(Duration.ofMillis(20)), call.demand());
    call.stop(CallEnd.STOPPED);
    assertEquals(Demand.NONE, call.demand());
  }

  @Test
  void callThatWaitsForItsCallerStallsOnlyAfterAWhile() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.awaitRoom();
    call.writeFrames(List.of(frame(1), frame(2)));
    call.pause();
    assertStallsOnlyAfterAWhile(call);
    call.resume();
    call.awaitRoom();
    receiver.ready = false;
    Future<?> speaking = stalled(call);
    assertStallsOnlyAfterAWhile(call);
    receiver.ready = true;
    call.onReceiverReady();
    speaking.get();
    assertEquals(Demand.STALLED, call.demand(), "until it is admitted again");
    call.awaitRoom();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    Future<?> reading = speakers.submit(() -> call.next(false));
    await(call, CallSnapshot.Phase.AWAITING_TEXT);
    assertStallsOnlyAfterAWhile(call);
    call.endText();
    reading.get();
  }

  private void assertStallsOnlyAfterAWhile(Call call) {
    assertTrue(call.demand() instanceof Demand.Speech, call.demand().toString());
    now.addAndGet(StallDetector.STALL_NANOS + Duration.ofMillis(60).toNanos());
    assertEquals(Demand.STALLED, call.demand());
  }

  @Test
  void gateIsPassedBeforeTheFirstWorkAndAfterEachStall() throws Exception {
    List<Boolean> passed = new CopyOnWriteArrayList<>();
    gate =
        asking -> {
          passed.add(asking.hasProducedAudio());
          assertEquals(CallSnapshot.Phase.QUEUED, asking.phase());
          assertEquals(Demand.NONE, asking.demand());
          asking.admit();
        };
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.appendText("Hello");
    assertEquals(List.of(), passed, "text alone costs nothing");
    call.awaitRoom();
    call.awaitRoom();
    assertEquals(List.of(false), passed);
    call.writeFrames(List.of(frame(1), frame(2)));
    call.pause();
    now.addAndGet(StallDetector.STALL_NANOS);
    call.resume();
    call.awaitRoom();
    assertEquals(List.of(false), passed, "a short pause");
    call.pause();
    now.addAndGet(StallDetector.STALL_NANOS + 1);
    call.resume();
    call.awaitRoom();
    call.awaitRoom();
    assertEquals(List.of(false, true), passed);
  }

  @Test
  void callThatIsNotAdmittedIsRefusedAndNothingWasSent() {
    gate =
        _ -> {
          throw new WorkerException(ErrorCode.NO_CAPACITY, "full");
        };
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    WorkerException full = assertThrows(WorkerException.class, call::awaitRoom);
    call.fail(full);
    assertEquals(Optional.of(CallOutcome.REFUSED), call.outcome());
    assertEquals(0, receiver.count());
    assertEquals(ErrorCode.NO_CAPACITY, receiver.failure.orElseThrow().code());
  }

  @Test
  void firstAudioCountsFromTheFirstText() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    call.appendText("");
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    call.appendText("Hello");
    now.addAndGet(Duration.ofMillis(40).toNanos());
    call.appendText(" there.");
    call.writeFrames(List.of(frame(1), frame(2)));
    assertEquals(Optional.of(Duration.ofMillis(40)), call.firstAudio());
  }

  @Test
  void deadlineAfterAWaitForTextIsThatOfFirstAudio() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.writeFrames(List.of(frame(1), frame(2)));
    call.pause();
    now.addAndGet(StallDetector.STALL_NANOS + 1);
    call.resume();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    call.awaitRoom();
    assertEquals(now.get() + PlayoutClock.FIRST_AUDIO_NANOS, call.deadlineNanos());
  }

  @Test
  void textThatWaitsIsHeldWithinABudgetOfAllCalls() {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 2_000 && receiver.failure.isEmpty(); i++) {
      Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
      calls.add(call);
      for (int j = 0; j < 5; j++) {
        call.appendText("x".repeat(100));
      }
    }
    WorkerException failure = receiver.failure.orElseThrow();
    assertEquals(ErrorCode.BUDGET_EXCEEDED, failure.code());
    assertTrue(failure.getMessage().contains("limits.max_waiting_text_mb"), failure.getMessage());
    assertTrue(budget.used() > 1_000_000 && budget.used() <= 1 << 20, budget.used() + " used");
    calls.forEach(Call::onCallerGone);
    assertEquals(0, budget.used());
  }

  @Test
  void textThatComesAfterTheEndIsNotHeld() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.appendText("Hello");
    call.stop(CallEnd.STOPPED);
    call.appendText("more");
    assertEquals(0, budget.used());
    Call other = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    other.appendText("Hello");
    assertEquals(new TextEvent.Piece("Hello"), other.next(false));
    assertEquals(0, budget.used());
  }

  @Test
  void framesLeaveInBurstsOnceTheTransportIsEmpty() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    receiver.eachFrameWaitsInside = true;
    call.writeFrames(frames(20));
    for (int count : new int[] {1, 2, 4, 8, 16, 19}) {
      assertEquals(count, receiver.count(), "no more in one go than the listener has");
      pass(Duration.ZERO, call);
    }
  }

  @Test
  void pauseWaitsForFramesOnTheirWayButNotForAReaderThatStopped() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    receiver.eachFrameWaitsInside = true;
    call.writeFrames(List.of(frame(1), frame(2)));
    call.pause();
    Future<?> pausing = speakers.submit(() -> call.awaitFlushed(Long.MAX_VALUE));
    receiver.ready = true;
    call.onReceiverReady();
    pausing.get();
    assertEquals(1, receiver.count());
  }

  @Test
  void textComesVerbatimAndEndsOnce() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.appendText("Hel");
    call.appendText("");
    call.appendText("lo ");
    call.endText();
    call.appendText("too late");
    assertEquals(new TextEvent.Piece("Hel"), call.next(false));
    assertEquals(new TextEvent.Piece("lo "), call.next(false));
    assertEquals(new TextEvent.End(), call.next(false));
  }

  @Test
  void tooMuchTextEndsTheCallNamingTheLimit() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.appendText("x".repeat(100));
    call.appendText("x".repeat(101));
    WorkerException failure = receiver.failure.orElseThrow();
    assertEquals(ErrorCode.TEXT_TOO_LONG, failure.code());
    assertTrue(failure.getMessage().contains("limits.max_chunk_chars"), failure.getMessage());
    Call second = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    for (int i = 0; i < 11; i++) {
      second.appendText("x".repeat(50));
    }
    assertTrue(receiver.failure.orElseThrow().getMessage().contains("limits.max_call_chars"));
  }

  @Test
  void framesThatLeaveWaitOrAreDroppedAreCounted() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.writeFrames(List.of(frame(1), frame(2), frame(3)));
    assertEquals(2, metric("tts_frames_sent_total"));
    assertEquals(1, call.framesWaiting());
    call.onCallerGone();
    assertEquals(1, metric("tts_frames_dropped_total"));
    assertThrows(WorkerException.class, () -> call.writeFrames(List.of(frame(4), frame(5))));
    assertEquals(3, metric("tts_frames_dropped_total"));
    assertEquals(2, metric("tts_frames_sent_total"));
    assertEquals(0, call.framesWaiting());
    assertEquals(2, metric("tts_frame_send_duration_seconds_count"));
    assertEquals(1, metric("tts_stage_seconds_count", "stage", "send"));
  }

  @Test
  void framesThatAStopFindsWaitingAreDroppedButTheFinalOne() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    receiver.ready = false;
    Future<?> speaking = stalled(call);
    call.stop(CallEnd.STOPPED);
    assertThrows(java.util.concurrent.ExecutionException.class, speaking::get);
    assertEquals(1, metric("tts_frames_sent_total"));
    assertEquals(Call.MAX_BACKLOG_FRAMES + 1, metric("tts_frames_dropped_total"));
  }

  @Test
  void firstAudioIsTheFirstFrameAndAudibleTheFirstThatCanBeHeard() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    now.addAndGet(40_000_000);
    call.writeFrames(List.of(sample(0), sample(327), sample(-327), sample(0)));
    assertEquals(0, metric("tts_first_audible_latency_seconds_count"));
    now.addAndGet(60_000_000);
    call.writeFrames(List.of(sample(-328), sample(0)));
    now.addAndGet(1_000_000_000);
    call.writeFrames(List.of(sample(20_000)));
    call.complete();
    assertEquals(0.04, metric("tts_first_audio_latency_seconds_sum", "model_id", "voice"), 1e-9);
    assertEquals(0.1, metric("tts_first_audible_latency_seconds_sum"), 1e-9);
    assertEquals(1, metric("tts_first_audible_latency_seconds_count"));
    assertEquals(Optional.of(Duration.ofMillis(40)), call.firstAudio());
  }

  @Test
  void gapsInPlayOutAreUnderruns() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    now.addAndGet(2_000_000_000);
    call.writeFrames(List.of(frame(1), frame(2), frame(3)));
    now.addAndGet(40_000_000);
    call.writeFrames(List.of(frame(4)));
    assertEquals(0, metric("tts_underruns_total"), "just in time");
    now.addAndGet(21_000_000);
    call.writeFrames(List.of(frame(5), frame(6)));
    assertEquals(1, metric("tts_underruns_total"));
    now.addAndGet(41_000_000);
    call.writeFrames(List.of(frame(7)));
    assertEquals(2, metric("tts_underruns_total"), "the listener went on when frames came");
  }

  @Test
  void waitingForTextIsNoUnderrunUnlessItsAudioIsLateToo() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.writeFrames(List.of(frame(1), frame(2)));
    awaitTextFor(call, Duration.ofSeconds(1));
    now.addAndGet(PlayoutClock.FIRST_AUDIO_NANOS);
    call.writeFrames(List.of(frame(3), frame(4)));
    assertEquals(0, metric("tts_underruns_total"));
    awaitTextFor(call, Duration.ofSeconds(1));
    now.addAndGet(PlayoutClock.FIRST_AUDIO_NANOS + 1);
    call.writeFrames(List.of(frame(5)));
    assertEquals(1, metric("tts_underruns_total"));
  }

  @Test
  void pausesAndSlowReadersAreNoUnderruns() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.writeFrames(List.of(frame(1), frame(2), frame(3)));
    call.pause();
    now.addAndGet(1_000_000_000);
    Future<?> speaking = speakers.submit(() -> call.writeFrames(List.of(frame(4), frame(5))));
    while (call.framesWaiting() < 3) {
      Polling.pause();
    }
    now.addAndGet(1_000_000_000);
    call.resume();
    speaking.get();
    now.addAndGet(80_000_000);
    receiver.ready = false;
    call.writeFrames(frames(10));
    now.addAndGet(1_000_000_000);
    call.writeFrames(frames(10));
    receiver.ready = true;
    call.onReceiverReady();
    call.complete();
    assertEquals(0, metric("tts_underruns_total"));
  }

  /// It is planned as the speech it needs, as one that waits for play-out is; what is computed and
  /// waits for the reader is not due again.
  @Test
  void callWhoseReaderTakesAudioAsItIsPlayedNeedsTheThreadsLikeOthers() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.awaitRoom();
    call.writeFrames(frames(33));
    assertEquals(new Demand.Speech(Duration.ofMillis(640)), call.demand());
    receiver.ready = false;
    receiver.eachFrameWaitsInside = true;
    Future<?> speaking = stalled(call);
    int computed = receiver.count() + call.framesWaiting() - 1;
    assertEquals(new Demand.Speech(Duration.ofMillis(20L * computed)), call.demand());
    for (int i = 1; i <= 100; i++) {
      pass(Duration.ofMillis(160), call);
      speaking.get();
      assertTrue(call.demand() instanceof Demand.Speech, call.demand() + " after " + i);
      speaking = stalled(call);
    }
    call.stop(CallEnd.STOPPED);
  }

  @Test
  void callWithASlowReaderStallsAfterItsTotalDelay() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.awaitRoom();
    receiver.eachFrameWaitsInside = true;
    call.writeFrames(frames(9));
    long slow = 0;
    Future<?> speaking = stalled(call);
    while (call.demand() instanceof Demand.Speech(Duration lead)) {
      assertFalse(lead.isNegative(), "the listener does not wait for this worker");
      pass(Duration.ofSeconds(1), call);
      slow += 980_000_000;
      assertTrue(slow < 2 * StallDetector.MAX_READER_DELAY_NANOS, "Never rests");
      speaking.get();
      speaking = stalled(call);
    }
    assertEquals(Demand.STALLED, call.demand());
    assertTrue(slow > StallDetector.MAX_READER_DELAY_NANOS, slow + " ns");
    receiver.eachFrameWaitsInside = false;
    pass(Duration.ofSeconds(1), call);
    speaking.get();
    assertEquals(Demand.STALLED, call.demand(), "until it is admitted again");
    call.awaitRoom();
    assertTrue(call.demand() instanceof Demand.Speech, call.demand().toString());
    assertEquals(0, metric("tts_underruns_total"));
  }

  @Test
  void shortPauseOfACallThatWaitsForItsReaderIsNoStall() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.awaitRoom();
    receiver.ready = false;
    Future<?> _ = stalled(call);
    call.pause();
    Demand demand = call.demand();
    call.stop(CallEnd.STOPPED);
    assertTrue(demand instanceof Demand.Speech, demand.toString());
  }

  @Test
  void callWithAShortLeadStallsOnItsReaderToo() throws Exception {
    Call call = call(Duration.ofMillis(100), Duration.ofSeconds(30));
    call.awaitRoom();
    receiver.ready = false;
    call.writeFrames(frames(20));
    Future<?> asking = speakers.submit(call::awaitRoom);
    await(call, CallSnapshot.Phase.AWAITING_READER);
    assertStallsOnlyAfterAWhile(call);
    receiver.ready = true;
    call.onReceiverReady();
    assertEquals(Demand.STALLED, call.demand());
    pass(Duration.ofSeconds(1), call);
    asking.get();
  }

  /// What is computed for good needs no thread, however slowly it is read.
  @Test
  void callThatIsComputedToItsEndNeedsNothingMore() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.awaitRoom();
    receiver.ready = false;
    call.writeFrames(frames(20));
    Future<?> ending = speakers.submit(call::complete);
    await(call, CallSnapshot.Phase.AWAITING_READER);
    assertEquals(Demand.NONE, call.demand());
    assertFalse(ending.isDone());
    receiver.ready = true;
    call.onReceiverReady();
    ending.get();
    assertEquals(20, receiver.count());
    assertEquals(Optional.of(CallEnd.SPOKEN), receiver.frames.getLast().end());
  }

  @Test
  void failureComesAfterFramesThatWaitForTheReader() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    receiver.ready = false;
    call.writeFrames(frames(20));
    call.fail(new WorkerException(ErrorCode.INFERENCE_FAILED, "broken"));
    assertEquals(20, receiver.count());
    assertEquals(ErrorCode.INFERENCE_FAILED, receiver.failure.orElseThrow().code());
  }

  /// The call's thread has more than enough frames, and waits for the reader.
  private Future<?> stalled(Call call) {
    int more = Call.MAX_BACKLOG_FRAMES + 2 - call.framesWaiting();
    Future<?> speaking = speakers.submit(() -> call.writeFrames(frames(Math.max(1, more))));
    await(call, CallSnapshot.Phase.AWAITING_READER);
    return speaking;
  }

  /// Time goes by, and the reader takes what had left.
  private void pass(Duration time, Call call) {
    now.addAndGet(time.toNanos());
    receiver.ready = true;
    call.onReceiverReady();
  }

  private static List<byte[]> frames(int count) {
    return IntStream.range(0, count).mapToObj(i -> frame(i)).toList();
  }

  private void awaitTextFor(Call call, Duration time) throws Exception {
    Future<?> reading = speakers.submit(() -> call.next(false));
    await(call, CallSnapshot.Phase.AWAITING_TEXT);
    now.addAndGet(time.toNanos());
    call.appendText("more");
    reading.get();
  }

  private double metric(String sample, String... labels) {
    return Exposition.of(registry).sum(sample, labels);
  }

  private static byte[] sample(int value) {
    byte[] pcm = new byte[1920];
    pcm[1_000] = (byte) value;
    pcm[1_001] = (byte) (value >> 8);
    return pcm;
  }

  @Test
  void quietIsReportedAfterSilence() throws Exception {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.appendText("Hel");
    assertEquals(new TextEvent.Piece("Hel"), call.next(true));
    Future<TextEvent> reading = awaitingText(call, true);
    pass(call, MAX_WAIT.minusMillis(1));
    assertStillAwaitsText(call);
    call.appendText("lo");
    assertEquals(new TextEvent.Piece("lo"), reading.get());
    Future<TextEvent> again = awaitingText(call, true);
    pass(call, MAX_WAIT.minusMillis(1));
    assertStillAwaitsText(call);
    pass(call, Duration.ofMillis(1));
    assertEquals(new TextEvent.Quiet(), again.get());
    Future<TextEvent> forEver = awaitingText(call, false);
    pass(call, Duration.ofHours(1));
    assertStillAwaitsText(call);
    call.endText();
    assertEquals(new TextEvent.End(), forEver.get());
  }

  /// After [#pass]: the reading thread has read the clock since, and waits again.
  private void assertStillAwaitsText(Call call) {
    while (looks.get() == 0) {
      Polling.pause();
    }
    assertEquals(CallSnapshot.Phase.AWAITING_TEXT, call.phase());
  }

  /// Clock that records whether another thread has read it.
  private long look() {
    if (Thread.currentThread().isVirtual()) {
      looks.incrementAndGet();
    }
    return now.get();
  }

  @Test
  void timeSpentOnOtherThingsIsSilenceToo() {
    Call call = call(Duration.ofSeconds(5), Duration.ofSeconds(30));
    call.appendText("Hel");
    call.appendText("lo");
    now.addAndGet(MAX_WAIT.toNanos());
    assertEquals(new TextEvent.Piece("Hel"), call.next(true));
    assertEquals(new TextEvent.Piece("lo"), call.next(true));
    assertEquals(new TextEvent.Quiet(), call.next(true));
  }

  private Future<TextEvent> awaitingText(Call call, boolean holding) {
    Future<TextEvent> reading = speakers.submit(() -> call.next(holding));
    await(call, CallSnapshot.Phase.AWAITING_TEXT);
    return reading;
  }

  private static void await(Call call, CallSnapshot.Phase phase) {
    while (call.phase() != phase) {
      Polling.pause();
    }
  }

  private void pass(Call call, Duration time) {
    now.addAndGet(time.toNanos());
    looks.set(0);
    call.onReceiverReady();
  }

  private Call call(Duration maxLead, Duration maxPause) {
    Call call =
        new Call(
            new CallText(
                new LimitSettings(100, 500, 10, 1), MAX_WAIT, budget, TextEvent.Piece.LONGEST),
            receiver,
            gate,
            new CallLimits(maxLead, maxPause, AudioFormat.DEFAULT),
            metrics.frames().ofCall("voice", Optional.empty()),
            this::look);
    opened.add(call);
    return call;
  }

  private static byte[] frame(int content) {
    byte[] pcm = new byte[1920];
    pcm[0] = (byte) content;
    return pcm;
  }
}
