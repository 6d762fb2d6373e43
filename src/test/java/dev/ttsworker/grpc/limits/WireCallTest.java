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

/// What one call holds, and when it is released.
final class WireCallTest {
  private static final int BASE = WireCall.CALL_BYTES;
  private static final int MAX = 40_000;

  private final MemoryBudget.Share share =
      new MemoryBudget(1 << 20, MAX).open(new AddressKey("here"));
  private final PendingCalls starting = new PendingCalls();
  private final PendingCalls.Share starts = starting.open(new AddressKey("here"));
  private final WireCall call = new WireCall(share, starts);
  private final List<WorkerException> refusals = new ArrayList<>();

  @Test
  void messagesCountUntilTheirHandlerProcessedThem() {
    claimed();
    assertTrue(call.receive(100));
    assertTrue(call.receive(50));
    call.messageComplete(20);
    assertEquals(BASE + 150, share.held());
    assertTrue(call.receive(5));
    call.messageComplete(0);
    call.onMessageHandled();
    assertEquals(BASE + 25, share.held());
    call.onMessageHandled();
    assertEquals(BASE, share.held());
    call.onMessageHandled();
    var _ = call.onStreamClosed();
    assertEquals(BASE, share.held());
    call.onHandlerDone();
    assertEquals(0, share.held());
  }

  @Test
  void completeMessagesOutliveTheirStreamUntilTheHandlerIsDone() {
    claimed();
    assertTrue(call.receive(100));
    call.messageComplete(40);
    var _ = call.onStreamClosed();
    assertEquals(BASE + 60, share.held());
    call.onHandlerDone();
    assertEquals(0, share.held());
  }

  @Test
  void messagesAfterTheHandlerIsDoneAreReleasedWithTheStream() {
    claimed();
    call.onHandlerDone();
    assertTrue(call.receive(100));
    call.messageComplete(0);
    var _ = call.onStreamClosed();
    assertEquals(0, share.held());
  }

  @Test
  void callWithoutHandlerReleasesAllWithItsStream() {
    assertEquals(Optional.empty(), call.open());
    assertTrue(call.receive(100));
    call.messageComplete(0);
    var _ = call.onStreamClosed();
    assertEquals(0, share.held());
  }

  @Test
  void responsesCountUntilTheEnd() {
    claimed();
    assertTrue(call.reserveResponse(500));
    assertFalse(call.reserveResponse(MAX));
    assertEquals(BASE + 500, share.held());
    var _ = call.onStreamClosed();
    assertEquals(BASE + 500, share.held());
    call.onHandlerDone();
    assertEquals(0, share.held());
    assertTrue(call.reserveResponse(MAX * 10), "too late to hold anything");
    assertEquals(0, share.held());
  }

  /// Its tasks wait for the processor, whatever the state of the stream.
  @Test
  void callCountsUntilItsHandlerHasBegunAndIsDone() {
    assertEquals(Optional.empty(), call.open());
    call.handlerExpected();
    assertTrue(call.onStreamClosed(), "its handler will still come");
    assertEquals(BASE, share.held());
    assertEquals(1, starting.starting());
    call.claim(refusals::add);
    assertEquals(0, starting.starting());
    assertEquals(BASE, share.held());
    call.onHandlerDone();
    assertEquals(0, share.held());
    assertEquals(0, starting.starting());
  }

  @Test
  void callThatHasNoHandlerEndsWithItsStream() {
    assertEquals(Optional.empty(), call.open());
    assertFalse(call.onStreamClosed());
    assertEquals(0, share.held());
    assertEquals(0, starting.starting());
  }

  @Test
  void refusedCallHoldsNothing() {
    for (int i = 0; i < PendingCalls.MAX_PER_CONNECTION; i++) {
      assertTrue(starts.enter());
    }
    assertEquals(ErrorCode.BUDGET_EXCEEDED, call.open().orElseThrow().code());
    assertEquals(0, share.held());
  }

  @Test
  void withoutMemoryNothingIsReserved() {
    assertTrue(share.reserve(MAX - BASE / 2));
    assertTrue(call.open().isPresent());
    assertFalse(call.receive(MAX));
    var _ = call.onStreamClosed();
    assertEquals(MAX - BASE / 2, share.held());
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
