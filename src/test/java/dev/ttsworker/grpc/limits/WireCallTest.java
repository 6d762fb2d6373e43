package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What one call holds, and when it gives it back.
final class WireCallTest {
  private static final int BASE = WireCall.CALL_BYTES;
  private static final int MOST = 40_000;

  private final MemoryBudget.Share share =
      new MemoryBudget(1 << 20, MOST).open(new AddressKey("here"));
  private final StartingCalls starting = new StartingCalls();
  private final StartingCalls.Share starts = starting.open(new AddressKey("here"));
  private final WireCall call = new WireCall(share, starts);
  private final List<WorkerException> refusals = new ArrayList<>();

  @Test
  void messagesCountUntilTheirHandlerHadThem() {
    claimed();
    assertTrue(call.receive(100));
    assertTrue(call.receive(50));
    call.messageEnds(20);
    assertEquals(BASE + 150, share.held());
    assertTrue(call.receive(5));
    call.messageEnds(0);
    call.messageHandled();
    assertEquals(BASE + 25, share.held());
    call.messageHandled();
    assertEquals(BASE, share.held());
    call.messageHandled();
    var _ = call.streamGone();
    assertEquals(BASE, share.held());
    call.handlerDone();
    assertEquals(0, share.held());
  }

  @Test
  void wholeMessagesOutliveTheirStreamUntilTheHandlerIsDone() {
    claimed();
    assertTrue(call.receive(100));
    call.messageEnds(40);
    var _ = call.streamGone();
    assertEquals(BASE + 60, share.held());
    call.handlerDone();
    assertEquals(0, share.held());
  }

  @Test
  void messagesThatComeAfterTheHandlerIsDoneGoWithTheStream() {
    claimed();
    call.handlerDone();
    assertTrue(call.receive(100));
    call.messageEnds(0);
    var _ = call.streamGone();
    assertEquals(0, share.held());
  }

  @Test
  void callThatNobodyHandlesGivesAllBackWithItsStream() {
    assertEquals(Optional.empty(), call.open());
    assertTrue(call.receive(100));
    call.messageEnds(0);
    var _ = call.streamGone();
    assertEquals(0, share.held());
  }

  @Test
  void answersCountUntilTheEnd() {
    claimed();
    assertTrue(call.answer(500));
    assertFalse(call.answer(MOST));
    assertEquals(BASE + 500, share.held());
    var _ = call.streamGone();
    assertEquals(BASE + 500, share.held());
    call.handlerDone();
    assertEquals(0, share.held());
    assertTrue(call.answer(MOST * 10), "too late to hold anything");
    assertEquals(0, share.held());
  }

  /// Its tasks wait for the processor, whatever has become of the stream.
  @Test
  void callCountsUntilItsHandlerHasBegunAndIsDone() {
    assertEquals(Optional.empty(), call.open());
    call.awaitsHandler();
    assertTrue(call.streamGone(), "its handler will still come");
    assertEquals(BASE, share.held());
    assertEquals(1, starting.starting());
    call.claim(refusals::add);
    assertEquals(0, starting.starting());
    assertEquals(BASE, share.held());
    call.handlerDone();
    assertEquals(0, share.held());
    assertEquals(0, starting.starting());
  }

  @Test
  void callThatHasNoHandlerEndsWithItsStream() {
    assertEquals(Optional.empty(), call.open());
    assertFalse(call.streamGone());
    assertEquals(0, share.held());
    assertEquals(0, starting.starting());
  }

  @Test
  void callThatMayNotStartHoldsNothing() {
    for (int i = 0; i < StartingCalls.MOST_OF_CONNECTION; i++) {
      assertTrue(starts.enter());
    }
    assertEquals(ErrorCode.BUDGET_EXCEEDED, call.open().orElseThrow().code());
    assertEquals(0, share.held());
  }

  @Test
  void withoutMemoryNothingIsTaken() {
    assertTrue(share.take(MOST - BASE / 2));
    assertTrue(call.open().isPresent());
    assertFalse(call.receive(MOST));
    var _ = call.streamGone();
    assertEquals(MOST - BASE / 2, share.held());
  }

  @Test
  void onlyTheFirstRefusalCountsAndWaitsForTheHandler() {
    WorkerException first = new WorkerException(ErrorCode.BUDGET_EXCEEDED, "first");
    call.refuse(first);
    call.refuse(new WorkerException(ErrorCode.MALFORMED_REQUEST, "second"));
    assertTrue(call.isRefused());
    assertEquals(List.of(), refusals);
    call.claim(refusals::add);
    assertEquals(List.of(first), refusals);
    call.refuse(new WorkerException(ErrorCode.MALFORMED_REQUEST, "third"));
    assertEquals(List.of(first), refusals);
  }

  private void claimed() {
    assertEquals(Optional.empty(), call.open());
    call.claim(refusals::add);
  }
}
