package dev.ttsworker.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ttsworker.fixture.LogLines;
import dev.ttsworker.lifecycle.Threads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RegistrationTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  /// Store that signals each command, and blocks in it until it may go on.
  private static final class SlowStore implements RecordStore {
    final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    final CountDownLatch answers = new CountDownLatch(1);

    @Override
    public void put(String key, String value, Duration timeToLive) {
      execute("put " + key);
    }

    @Override
    public void remove(String key) {
      execute("remove " + key);
    }

    private void execute(String command) {
      commands.add(command);
      try {
        answers.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      commands.add("close");
    }
  }

  private final SlowStore store = new SlowStore();
  private final Registration registration =
      new Registration(
          new Heartbeats(
              store, "w", _ -> "{}", Duration.ofSeconds(30), MOMENT, InstantSource.system()),
          Threads.platform("registration-"));

  @Test
  void sendsHeartbeatsUntilItIsClosed() throws InterruptedException {
    store.answers.countDown();
    registration.serving(true);
    for (int i = 0; i < 3; i++) {
      assertEquals("put w", store.commands.take());
    }
    registration.serving(false);
    String command = store.commands.take();
    while (command.equals("put w")) {
      command = store.commands.take();
    }
    assertEquals("remove w", command);
    registration.close();
    registration.serving(true);
    registration.close();
    assertEquals(List.of("close"), List.copyOf(store.commands));
    assertFalse(registration.registered());
  }

  @Test
  void closeDoesNotWaitForAnUnresponsiveRedis() throws InterruptedException {
    registration.serving(true);
    assertEquals("put w", store.commands.take());
    try (LogLines log = new LogLines("dev.ttsworker.registration")) {
      registration.close();
      assertEquals(1, log.with("Redis does not answer").size(), log.lines()::toString);
    }
    store.answers.countDown();
    assertEquals("remove w", store.commands.take());
    assertEquals("close", store.commands.take());
  }
}
