package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CancellationTokenTest {
  private final CancellationToken signal = new CancellationToken();
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

  @ParameterizedTest
  @ValueSource(
      classes = {IllegalStateException.class, StackOverflowError.class, LinkageError.class})
  void callbackThatThrowsDoesNotKeepTheOthersFromRunning(Class<? extends Throwable> kind)
      throws Exception {
    Throwable thrown = kind.getConstructor().newInstance();
    Runnable failing =
        () -> {
          calls.incrementAndGet();
          throw CancellationTokenTest.<RuntimeException>unchecked(thrown);
        };
    signal.onCancel(failing);
    signal.onCancel(calls::incrementAndGet);
    signal.onCancel(failing);
    signal.onCancel(calls::incrementAndGet);
    signal.cancel();
    assertEquals(4, calls.get());
    assertTrue(signal.isCancelled());
    signal.onCancel(failing).close();
    assertEquals(5, calls.get());
    signal.cancel();
    assertEquals(5, calls.get());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable any) throws T {
    throw (T) any;
  }

  @Test
  void callbackMayCloseTheRegistrationOfAnother() {
    List<CancellationToken.Registration> others = new ArrayList<>();
    signal.onCancel(() -> others.forEach(CancellationToken.Registration::close));
    for (int i = 0; i < 3; i++) {
      others.add(signal.onCancel(calls::incrementAndGet));
    }
    signal.onCancel(() -> calls.addAndGet(10));
    signal.cancel();
    assertEquals(10, calls.get());
  }

  @Test
  void callbackMayCancelAndRegisterAgain() {
    signal.onCancel(() -> {
      signal.cancel();
      signal.onCancel(calls::incrementAndGet);
    });
    signal.onCancel(() -> calls.addAndGet(10));
    signal.cancel();
    assertEquals(11, calls.get());
  }

  @Test
  void equalCallbacksAreClosedOneByOne() {
    Runnable same = calls::incrementAndGet;
    CancellationToken.Registration first = signal.onCancel(same);
    signal.onCancel(same);
    first.close();
    first.close();
    signal.cancel();
    assertEquals(1, calls.get());
  }
}
