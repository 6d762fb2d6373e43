package dev.ttsworker.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CancelSignalTest {
  private final CancelSignal signal = new CancelSignal();
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void callsBackOnceAndAtOnceWhenLate() {
    signal.onCancel(calls::incrementAndGet);
    signal.cancel();
    signal.cancel();
    assertEquals(1, calls.get());
    signal.onCancel(calls::incrementAndGet);
    assertEquals(2, calls.get());
    assertTrue(signal.isCancelled());
  }

  @Test
  void closedRegistrationIsNotCalled() {
    signal.onCancel(calls::incrementAndGet).close();
    signal.cancel();
    assertEquals(0, calls.get());
  }
}
