package dev.ttsworker.bench.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.session.PlayoutClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One worker of 2 threads: 40 ms to the first audio, 20 ms for a second of speech behind it.
final class ModelWorkerTest {
  private static final long MS = 1_000_000;

  private final Agenda agenda = new Agenda();
  private final ModelWorker worker = Plans.idleWorkers(agenda, 1).getFirst();

  /// What a call's client hears.
  private final class Heard implements ModelCall.CallListener {
    private final long openedNanos = agenda.nowNanos();
    private final List<ModelCall> call = new ArrayList<>();
    private long firstAudioNanos = -1;
    private long frames;
    private boolean complete;
    private boolean refused;
    private boolean lost;

    @Override
    public void admitted(long waitedNanos) {}

    @Override
    public void audio(PlayoutClock playout, int count, boolean late) {
      assertFalse(late);
      if (frames == 0) {
        firstAudioNanos = agenda.nowNanos() - openedNanos;
      }
      frames += count;
    }

    @Override
    public void complete(PlayoutClock playout) {
      complete = true;
    }

    @Override
    public void refused() {
      refused = true;
    }

    @Override
    public void lost(PlayoutClock playout) {
      lost = true;
    }
  }

  private Heard open(int characters) {
    Heard heard = new Heard();
    worker.open(Script.of(List.of(characters)), heard, heard.call::add);
    return heard;
  }

  @Test
  void callIsSpokenToItsEndAndLeaves() {
    Heard heard = open(60);
    assertEquals(1, worker.openCalls());
    agenda.runUntil(200 * MS);
    assertTrue(heard.complete);
    assertEquals(150, heard.frames);
    assertEquals(0, worker.openCalls());
    assertEquals(90, worker.meter().busyNanos() / MS, 0.5);
  }

  /// First in, first out it would wait for a window of each before its text stage, and again after
  /// it.
  @Test
  void newCallPrecedesThoseWithALead() {
    for (int i = 0; i < 8; i++) {
      open(380);
    }
    agenda.runUntil(600 * MS);
    assertEquals(8, worker.openCalls());
    Heard late = open(60);
    agenda.runUntil(1_000 * MS);
    // At most the windows that run already are before it.
    assertTrue(late.firstAudioNanos <= 75 * MS, "after " + late.firstAudioNanos / MS + " ms");
  }

  @Test
  void leadIsLimited() {
    Heard heard = open(400);
    agenda.runUntil(1_000 * MS);
    // 1 s was played since, a little less than that after the first audio.
    assertTrue(heard.frames <= 5 * 50 + 50 + 37, "frames " + heard.frames);
    assertFalse(heard.complete);
    agenda.runUntil(20_000 * MS);
    assertEquals(20 * 50, heard.frames);
    assertTrue(heard.complete);
  }

  @Test
  void drainingWorkerSpeaksAsFastAsItCan() {
    Heard heard = open(400);
    worker.drain();
    agenda.runUntil(1_000 * MS);
    assertTrue(heard.complete);
  }

  @Test
  void stoppedCallGivesNoMoreFrames() {
    Heard heard = open(400);
    agenda.runUntil(300 * MS);
    long before = heard.frames;
    heard.call.getFirst().stop();
    heard.call.getFirst().stop();
    agenda.runUntil(20_000 * MS);
    assertEquals(before, heard.frames);
    assertFalse(heard.complete);
    assertEquals(0, worker.openCalls());
  }

  @Test
  void burstBeyondCapacityIsRefusedAndTheRestHasNoUnderrun() {
    List<Heard> all = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      all.add(open(60));
    }
    agenda.runUntil(5_000 * MS);
    long refused = all.stream().filter(heard -> heard.refused).count();
    assertTrue(refused > 20 && refused < 75, "refused " + refused);
    assertEquals(80 - refused, all.stream().filter(heard -> heard.complete).count());
  }

  @Test
  void callsOfALostWorkerAreNoticedLater() {
    Heard heard = open(400);
    agenda.runUntil(300 * MS);
    worker.lose(1_000 * MS);
    agenda.runUntil(1_299 * MS);
    assertFalse(heard.lost);
    agenda.runUntil(1_300 * MS);
    assertTrue(heard.lost);
    assertEquals(0, worker.openCalls());
    long before = heard.frames;
    agenda.runUntil(20_000 * MS);
    assertEquals(before, heard.frames);
  }
}
