package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.Admission.Load;
import dev.ttsworker.synthesis.CostMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two threads; a voice that was never measured costs 0.15, and 0.05 s up to its first sound.
final class AdmissionTest {
  private static final Demand RICH = new Demand.Speech(Duration.ofSeconds(4));
  private static final Demand DRY = new Demand.Speech(Duration.ZERO);

  private Admission admission = new Admission(() -> 2, new CostMeter());

  @BeforeEach
  void create() {
    admission = new Admission(() -> 2, new CostMeter());
  }

  @Test
  void callsAreTakenUntilTheThreadsAreSpokenFor() {
    assertEquals(10, taken(RICH));
  }

  @Test
  void callsThatAreDueAtOnceCountForMore() {
    assertTrue(taken(Demand.FIRST_SOUND) < 6, taken(Demand.FIRST_SOUND) + " taken");
    assertTrue(taken(Demand.FIRST_SOUND) > 3, taken(Demand.FIRST_SOUND) + " taken");
  }

  @Test
  void whoWaitsForItsCallerCountsForNothing() {
    List<Load> loads = loads(10_000, Demand.NONE);
    assertDoesNotThrow(() -> admission.check(loads, "voice"));
    assertEquals(0, admission.committedShare(loads));
  }

  @Test
  void theFirstCallIsAlwaysTaken() {
    Admission slow = new Admission(() -> 0, new CostMeter());
    assertDoesNotThrow(() -> slow.check(List.of(), "voice"));
  }

  @Test
  void shareIsWhatTheCallsNeedOfTheThreads() {
    assertEquals(0.75, admission.committedShare(loads(10, DRY)), 1e-9);
    assertEquals(1, admission.committedShare(loads(100, DRY)));
  }

  @Test
  void refusalSaysWhatWouldBeNeeded() {
    WorkerException refused =
        assertThrows(WorkerException.class, () -> admission.check(loads(12, RICH), "voice"));
    assertEquals(ErrorCode.NO_CAPACITY, refused.code());
    assertTrue(refused.getMessage().contains("1.95 of 2 inference threads"), refused.getMessage());
  }

  /// How many calls there are when one more is refused.
  private int taken(Demand demand) {
    List<Load> running = new ArrayList<>();
    while (running.size() < 1_000) {
      try {
        admission.check(running, "voice");
      } catch (WorkerException full) {
        return running.size();
      }
      running.add(new Load("voice", demand));
    }
    return running.size();
  }

  private static List<Load> loads(int count, Demand demand) {
    return Collections.nCopies(count, new Load("voice", demand));
  }
}
