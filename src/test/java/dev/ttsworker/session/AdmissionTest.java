package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.synthesis.CostMeter;
import dev.ttsworker.session.Admission.Load;
import dev.ttsworker.session.Admission.Need;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two threads; a voice that was never measured costs 0.15, and 0.05 s up to its first sound.
final class AdmissionTest {
  private static final Demand RICH = new Demand.Speech(Duration.ofSeconds(4));
  private static final Demand EMPTY = new Demand.Speech(Duration.ZERO);
  private static final Demand FIRST_SOUND = new Demand.FirstAudio(60);
  private static final Load NEW = new Load("voice", FIRST_SOUND);

  private final Admission admission = new Admission(() -> 2, new CostMeter());

  @Test
  void callsAreAdmittedUntilTheThreadsAreReserved() {
    assertEquals(10, taken(RICH));
  }

  @Test
  void callsThatAreDueAtOnceCountForMore() {
    int taken = taken(FIRST_SOUND);
    assertTrue(taken > 3 && taken < 6, taken + " taken");
  }

  @Test
  void longFirstSentencesCountForMoreThanShortOnes() {
    assertTrue(taken(new Demand.FirstAudio(400)) < taken(FIRST_SOUND));
    assertEquals(taken(FIRST_SOUND), taken(new Demand.FirstAudio(1)), "more text will come");
    assertEquals(
        taken(new Demand.FirstAudio(400)),
        taken(new Demand.FirstAudio(200_000)),
        "a first sound has a first segment's text");
  }

  @Test
  void stalledCallsCountForABoundedShare() {
    Need alone = need(List.of(), NEW);
    double resting = need(loads(5, Demand.STALLED), NEW).sustained() - alone.sustained();
    assertEquals(5 * 0.1 * 0.15, resting, 1e-9);
    double many = need(loads(10_000, Demand.STALLED), NEW).sustained() - alone.sustained();
    assertEquals(0.2 * 0.75 * 2, many, 1e-9);
    assertEquals(0, admission.committedShare(loads(10_000, Demand.STALLED)));
  }

  @Test
  void endedCallsCountForNothing() {
    assertEquals(
        need(List.of(), NEW).sustained(), need(loads(10_000, Demand.NONE), NEW).sustained());
  }

  @Test
  void theFirstCallIsAlwaysAdmitted() {
    Admission slow = new Admission(() -> 0, new CostMeter());
    assertTrue(slow.need(List.of(), List.of(), NEW, Admission.PLANNED_SHARE).isMet());
    assertTrue(
        slow.need(loads(9, Demand.STALLED), List.of(), NEW, Admission.PLANNED_SHARE).isMet());
  }

  @Test
  void shareIsWhatTheCallsNeedOfTheThreads() {
    assertEquals(0.75, admission.committedShare(loads(10, EMPTY)), 1e-9);
    assertEquals(1, admission.committedShare(loads(100, EMPTY)));
  }

  @Test
  void callsAheadCountAsAdmitted() {
    List<Load> running = loads(8, RICH);
    assertTrue(need(running, NEW).isMet());
    assertFalse(admission.need(running, loads(2, RICH), NEW, Admission.PLANNED_SHARE).isMet());
    Need need = admission.need(running, loads(2, RICH), NEW, Admission.PLANNED_SHARE);
    assertEquals(8, need.active());
    assertEquals(0.15, need.each(), 1e-9);
    assertEquals(11 * 0.15 - 1.5, need.lackingThreads(), 1e-9);
  }

  @Test
  void whatIsDueTooSoonIsWorkedOffAtThePaceOfTheThreads() {
    Need need = need(loads(20, FIRST_SOUND), NEW);
    assertEquals(need.lackingSeconds() / 1.5, admission.backlogSeconds(need), 1e-9);
    assertEquals(0, admission.backlogSeconds(need(List.of(), NEW)));
  }

  /// How many calls there are when one more does not fit.
  private int taken(Demand demand) {
    List<Load> running = new ArrayList<>();
    while (running.size() < 1_000 && need(running, new Load("voice", demand)).isMet()) {
      running.add(new Load("voice", demand));
    }
    return running.size();
  }

  private Need need(List<Load> running, Load call) {
    return admission.need(running, List.of(), call, Admission.PLANNED_SHARE);
  }

  private static List<Load> loads(int count, Demand demand) {
    return Collections.nCopies(count, new Load("voice", demand));
  }
}
