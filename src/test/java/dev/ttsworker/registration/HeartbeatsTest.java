package dev.ttsworker.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.LogLines;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeartbeatsTest {
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);
  private static final Optional<Duration> INTERVAL = Optional.of(Duration.ofSeconds(10));

  private final FakeStore store = new FakeStore();
  private final LogLines log = new LogLines("dev.ttsworker.registration");
  private Instant now = Instant.ofEpochSecond(1000);
  private final Heartbeats heartbeats =
      new Heartbeats(
          store,
          "worker:w",
          time -> "record of " + time.getEpochSecond(),
          TIME_TO_LIVE,
          INTERVAL.orElseThrow(),
          () -> now);

  @AfterEach
  void closeLog() {
    log.close();
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  @Test
  void writesTheCompleteRecordAtEachHeartbeat() {
    assertFalse(heartbeats.registered());
    assertEquals(INTERVAL, heartbeats.beat(true));
    assertEquals(Map.of("worker:w", "record of 1000"), store.records);
    pass(10);
    assertEquals(INTERVAL, heartbeats.beat(true));
    assertEquals(Map.of("worker:w", "record of 1010"), store.records);
    assertEquals(List.of("put 30", "put 30"), store.commands);
    assertTrue(heartbeats.registered());
    assertEquals(List.of("INFO Registered with Redis as worker:w"), log.lines());
  }

  @Test
  void isNotStoredWhileNotServing() {
    assertEquals(Optional.empty(), heartbeats.beat(false));
    assertEquals(List.of(), store.commands);
    heartbeats.beat(true);
    assertEquals(Optional.empty(), heartbeats.beat(false));
    assertEquals(Map.of(), store.records);
    assertFalse(heartbeats.registered());
    assertEquals(Optional.empty(), heartbeats.beat(false));
    heartbeats.beat(true);
    assertEquals(List.of("put 30", "remove", "put 30"), store.commands);
  }

  @Test
  void backsOffAndLogsOncePerOutage() {
    for (int outage = 1; outage <= 2; outage++) {
      store.failure = new IOException("refused");
      List<Long> waits = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        heartbeats.beat(true).ifPresent(wait -> waits.add(wait.toSeconds()));
        assertFalse(heartbeats.registered());
      }
      assertEquals(List.of(1L, 2L, 4L, 8L, 15L, 15L, 15L), waits);
      assertEquals(outage, log.with("WARN").size(), log.lines()::toString);
      store.failure = null;
      assertEquals(INTERVAL, heartbeats.beat(true));
      assertTrue(heartbeats.registered());
      assertEquals(outage, log.with("INFO Registered with Redis").size());
    }
    assertTrue(log.with("WARN").getFirst().endsWith("speech goes on: refused"));
  }

  @Test
  void logsWhenRedisIsBackButRejectsTheLogin() {
    store.failure = new IOException("down");
    heartbeats.beat(true);
    store.failure = new LoginRefusedException("wrong password", new IOException());
    heartbeats.beat(true);
    heartbeats.beat(true);
    assertEquals(2, log.lines().size(), log.lines()::toString);
    assertTrue(log.lines().getLast().endsWith("wrong password"));
  }

  @Test
  void rejectedRecordIsNotRemoved() {
    store.failure = new LoginRefusedException("wrong password", new IOException());
    heartbeats.beat(true);
    heartbeats.end();
    assertEquals(List.of("put 30", "close"), store.commands);
  }

  @Test
  void unexpectedExceptionsDoNotEndTheHeartbeats() {
    store.failure = new IllegalStateException("bug");
    assertEquals(Optional.of(Heartbeats.MIN_BACKOFF), heartbeats.beat(true));
    assertEquals(1, log.with("ERROR").size());
  }

  /// Even a write that failed may have happened.
  @Test
  void triesToRemoveUntilTheRecordHasExpired() {
    store.failure = new IOException("no answer");
    heartbeats.beat(true);
    assertEquals(Optional.of(Duration.ofSeconds(2)), heartbeats.beat(false));
    pass(29);
    assertEquals(Optional.of(Duration.ofSeconds(4)), heartbeats.beat(false));
    pass(1);
    assertEquals(Optional.empty(), heartbeats.beat(false));
    assertEquals(List.of("put 30", "remove", "remove"), store.commands);
  }

  @Test
  void endRemovesTheRecordAndClosesTheStore() {
    heartbeats.beat(true);
    heartbeats.end();
    assertEquals(Map.of(), store.records);
    assertEquals(List.of("put 30", "remove", "close"), store.commands);
  }

  @Test
  void endTriesOnceAndLogsWhenTheRecordStays() {
    heartbeats.beat(true);
    store.failure = new IOException("down");
    heartbeats.end();
    assertEquals(List.of("put 30", "remove", "close"), store.commands);
    assertTrue(log.lines().getLast().contains("within 30 s: down"), log.lines()::toString);
  }
}
