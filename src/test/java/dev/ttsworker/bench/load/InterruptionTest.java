package dev.ttsworker.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.bench.report.BargeInResult;
import dev.ttsworker.bench.report.Quantiles;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterruptionTest {
  private static final long MS = 1_000_000;

  @Test
  void framesCountUntilTheCallMayGoOn() {
    Interruption pause = new Interruption(Interruption.Kind.PAUSE, 100 * MS);
    pause.audio(101 * MS);
    pause.audio(103 * MS);
    pause.answered(104 * MS);
    assertEquals(0, pause.framesAfterAnswer());
    pause.audio(110 * MS);
    pause.release();
    pause.audio(500 * MS);
    assertEquals(1, pause.framesAfterAnswer());
    assertEquals(10 * MS, pause.lastFrameAfterNanos());
  }

  @Test
  void logSumsUpByKind() {
    InterruptionLog log = new InterruptionLog();
    Interruption stop = new Interruption(Interruption.Kind.STOP, 0);
    stop.audio(4 * MS);
    log.add(stop);
    log.add(new Interruption(Interruption.Kind.STOP, 0));
    Interruption late = new Interruption(Interruption.Kind.CANCEL, 0);
    late.answered(MS);
    late.audio(2 * MS);
    late.audio(3 * MS);
    log.add(late);
    log.answered(2 * MS);
    assertEquals(
        List.of(
            new BargeInResult.Interruption("STOP", 2, Quantiles.of(0, 4), 0),
            new BargeInResult.Interruption("PAUSE", 0, Quantiles.of(), 0),
            new BargeInResult.Interruption("CANCEL", 1, Quantiles.of(3), 2)),
        log.summary());
    assertEquals(Quantiles.of(2), log.answerTimes());
  }
}
