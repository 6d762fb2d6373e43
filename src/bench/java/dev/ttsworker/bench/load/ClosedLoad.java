package dev.ttsworker.bench.load;

import dev.ttsworker.bench.report.ClosedResult;
import dev.ttsworker.bench.report.ServerCost;
import dev.ttsworker.bench.server.ServerUsage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// Every stream asks for the next sentence when the former is complete.
public final class ClosedLoad {
  private static final double NANOS = 1e9;

  private final TestBed bed;
  private final Duration length;
  private final int mostSentences;

  /// @param mostSentences of all streams together; a run ends with them or after `length`
  public ClosedLoad(TestBed bed, Duration length, int mostSentences) {
    this.bed = bed;
    this.length = length;
    this.mostSentences = mostSentences;
  }

  /// Runs it. All calls count that begin before the end, the last ones' audio too, except in
  /// seconds of audio per second, which is what came before the end.
  ///
  /// @throws dev.ttsworker.error.WorkerException when the streams cannot be opened
  public ClosedResult run(int streams) throws InterruptedException {
    bed.progress()
        .began(bed.title() + ", closed, " + streams + " streams", (int) length.toSeconds());
    try (StreamGroup group =
        new StreamGroup(bed, bed.target()::openUnpaced, streams, mostSentences)) {
      ServerUsage.Reading before = bed.usage().read();
      AdmissionWait wait = AdmissionWait.of(bed.target());
      long start = bed.clock().getAsLong();
      Window window = new Window(start, start + length.toNanos());
      Tally tally = new Tally(window);
      group.start(tally, 0, List.of(), Collections.nCopies(streams, Rhythm.closed()));
      group.await(start, window.untilNanos(), () -> false);
      window.close(bed.clock().getAsLong());
      group.drain(tally);
      ServerCost cost =
          bed.usage().read().since(before, tally.allAudioNanos.get() / NANOS, wait.meanMs());
      tally.tell(bed);
      return result(streams, tally, cost);
    } finally {
      bed.progress().ended();
    }
  }

  private static ClosedResult result(int streams, Tally tally, ServerCost cost) {
    double seconds = tally.window.seconds();
    return new ClosedResult(
        streams,
        seconds,
        tally.sentences.get(),
        tally.failures.get(),
        tally.refusals.get(),
        tally.firstAudio.quantiles(),
        tally.firstAudible.quantiles(),
        tally.gaps.quantiles(),
        seconds == 0 ? 0 : tally.audioNanos.get() / NANOS / seconds,
        cost,
        tally.firstAudio.sorted());
  }
}
