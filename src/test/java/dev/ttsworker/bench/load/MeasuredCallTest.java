package dev.ttsworker.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.bench.load.MeasuredCall.Outcome;
import dev.ttsworker.bench.report.Quantiles;
import dev.ttsworker.bench.report.SlackLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MeasuredCallTest {
  private static final long MS = 1_000_000;
  private static final int RATE = 48_000;

  private final Tally tally = new Tally(new Window(1000 * MS, 2000 * MS));
  private final List<MeasuredCall> over = new ArrayList<>();
  private long now;

  private MeasuredCall begin(long atMs) {
    return begin(atMs, Optional.empty());
  }

  private MeasuredCall begin(long atMs, Optional<SlackTrack> track) {
    now = atMs * MS;
    return new MeasuredCall(() -> now, tally, track, over::add);
  }

  private void audio(MeasuredCall call, long atMs, int frames) {
    now = atMs * MS;
    call.audio(loud(frames), RATE);
  }

  private static byte[] loud(int frames) {
    byte[] pcm = new byte[1920 * frames];
    pcm[1] = 100;
    return pcm;
  }

  @Test
  void timesTheFirstAudioAndTheFirstThatIsHeard() {
    MeasuredCall call = begin(1100);
    now = 1150 * MS;
    call.audio(new byte[1920], RATE);
    audio(call, 1160, 5);
    audio(call, 1200, 1);
    now = 1210 * MS;
    call.ended();
    assertEquals(Quantiles.of(50), tally.firstAudio.quantiles());
    assertEquals(Quantiles.of(60), tally.firstAudible.quantiles());
    assertEquals(Quantiles.of(10, 40), tally.gaps.quantiles());
    assertEquals(140 * MS, tally.audioNanos.get());
    assertEquals(1, tally.sentences.get());
    assertEquals(0, tally.underruns.get());
    assertEquals(List.of(call), over);
    assertEquals(1290 * MS, call.heardNanos());
    assertEquals(1210 * MS, call.overNanos());
  }

  @Test
  void countsWhatRanDry() {
    MeasuredCall call = begin(1100);
    audio(call, 1150, 1);
    audio(call, 1200, 1);
    audio(call, 1220, 1);
    audio(call, 1300, 1);
    now = 1300 * MS;
    call.ended();
    assertEquals(2, tally.underruns.get());
    assertEquals(90 * MS, tally.underrunNanos.get());
    assertFalse(tally.flawless());
  }

  @Test
  void warmUpDoesNotCountExceptForUnderrunsAfterIt() {
    MeasuredCall call = begin(900);
    audio(call, 950, 1);
    audio(call, 990, 1);
    assertEquals(0, tally.underruns.get());
    audio(call, 1050, 1);
    call.ended();
    assertEquals(1, tally.underruns.get());
    assertEquals(0, tally.sentences.get());
    assertEquals(0, tally.firstAudio.quantiles().count());
    assertEquals(20 * MS, tally.audioNanos.get());
    assertEquals(60 * MS, tally.allAudioNanos.get());
  }

  @Test
  void callsThatBeganInTheWindowCountToTheirEnd() {
    MeasuredCall call = begin(1900);
    audio(call, 2100, 1);
    audio(call, 2200, 1);
    call.failed("broken");
    assertEquals(Quantiles.of(200), tally.firstAudio.quantiles());
    assertEquals(1, tally.underruns.get());
    assertEquals(1, tally.failures.get());
    assertEquals("broken", tally.firstFailure.get());
    assertEquals(0, tally.audioNanos.get());
  }

  @Test
  void callThatEndsWellWithoutAudioHasFailed() {
    MeasuredCall call = begin(1100);
    call.ended();
    assertEquals(Outcome.FAILED, call.outcome());
    assertEquals(1, tally.failures.get());
    assertEquals(0, tally.sentences.get());
  }

  @Test
  void refusalHasItsTimeAndTellsWhenToComeAgain() {
    MeasuredCall call = begin(1100);
    now = 1103 * MS;
    call.refused("full", Duration.ofSeconds(2));
    assertEquals(Quantiles.of(3), tally.refusalTimes.quantiles());
    assertEquals(Duration.ofSeconds(2), call.retryAfter());
    assertEquals(Outcome.REFUSED, call.outcome());
    assertEquals(0, tally.failures.get());
    assertEquals(1, tally.refusals.get());
  }

  @Test
  void onlyTheFirstEndCounts() {
    MeasuredCall call = begin(1100);
    audio(call, 1150, 1);
    call.ended();
    call.failed("late");
    audio(call, 1500, 1);
    assertEquals(0, tally.failures.get());
    assertEquals(0, tally.underruns.get());
    assertEquals(1, over.size());
  }

  @Test
  void interruptedCallHasNoUnderrunsAndItsFramesAreWatched() {
    MeasuredCall call = begin(1100);
    audio(call, 1150, 1);
    now = 1200 * MS;
    Interruption stop = new Interruption(Interruption.Kind.STOP, now);
    assertTrue(call.interrupt(stop));
    audio(call, 1204, 1);
    stop.answered(1205 * MS);
    audio(call, 1210, 1);
    call.ended();
    assertEquals(0, tally.underruns.get());
    assertEquals(0, tally.sentences.get());
    assertEquals(10 * MS, stop.lastFrameAfterNanos());
    assertEquals(1, stop.framesAfterAnswer());
    assertEquals(call.overNanos(), call.heardNanos());
  }

  @Test
  void cancelledCallIsNoFailureButAStoppedOneThatFailsIs() {
    for (Interruption.Kind kind : Interruption.Kind.values()) {
      MeasuredCall call = begin(1100);
      assertTrue(call.interrupt(new Interruption(kind, now)));
      call.failed(kind.name());
      assertFalse(call.interrupt(new Interruption(kind, now)));
    }
    assertEquals(2, tally.failures.get());
  }

  @Test
  void drawsTheSlack() {
    SlackTrack track = new SlackTrack(3, 1000 * MS, 1000 * MS);
    MeasuredCall call = begin(1100, Optional.of(track));
    audio(call, 1200, 5);
    audio(call, 1400, 2);
    now = 1410 * MS;
    call.ended();
    SlackLine line = track.line();
    assertEquals(3, line.stream());
    assertEquals(
        List.of(
            new SlackLine.Point(0.2, 0),
            new SlackLine.Point(0.2, 0.1),
            new SlackLine.Point(0.3, 0),
            new SlackLine.Point(0.4, -0.1),
            new SlackLine.Point(0.4, 0.04),
            new SlackLine.Point(0.41, 0.03),
            new SlackLine.Point(0.44, 0)),
        line.points());
  }

  @Test
  void slackLineIsThinAndBounded() {
    SlackTrack track = new SlackTrack(0, 0, 6000 * MS);
    for (int i = 0; i < 6000; i++) {
      track.maybe(i * MS, 0);
    }
    assertEquals(300, track.line().points().size());
    for (int i = 0; i < 6000; i++) {
      track.always(i * MS, 0);
    }
    assertEquals(SlackLine.MOST_POINTS, track.line().points().size());
  }
}
