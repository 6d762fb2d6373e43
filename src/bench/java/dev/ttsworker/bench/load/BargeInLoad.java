package dev.ttsworker.bench.load;

import dev.ttsworker.bench.client.Answer;
import dev.ttsworker.bench.client.GrpcStream;
import dev.ttsworker.bench.client.GrpcTarget;
import dev.ttsworker.bench.report.BargeInResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Conversations of which most calls are interrupted at random moments, while GetCapabilities is
/// asked all the time.
public final class BargeInLoad {
  private static final Duration STAGGER = Duration.ofSeconds(4);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final String AUDIO_COMPUTED = "audio_seconds";
  private static final double NANOS = 1e9;

  private final TestBed bed;
  private final GrpcTarget worker;
  private final Samples capabilities = new Samples();

  /// @param bed its target is `worker`
  public BargeInLoad(TestBed bed, GrpcTarget worker) {
    this.bed = bed;
    this.worker = worker;
  }

  /// Runs it once; everything counts from the start on.
  ///
  /// @throws dev.ttsworker.error.WorkerException when the worker cannot be reached or refuses
  public BargeInResult run(int streams, Duration length) throws InterruptedException {
    bed.progress()
        .began(bed.title() + ", barge-in, " + streams + " conversations", (int) length.toSeconds());
    List<GrpcStream> opened = new ArrayList<>();
    try (StreamGroup group = new StreamGroup(bed, () -> open(opened), streams, Integer.MAX_VALUE)) {
      Map<String, Double> before = worker.figures();
      long start = bed.clock().getAsLong();
      Window window = new Window(start, start + length.toNanos());
      Tally tally = new Tally(window);
      InterruptionLog log = new InterruptionLog();
      group.start(tally, STAGGER.toNanos(), List.of(), rhythms(opened, log, tally));
      ScheduledFuture<?> polls =
          bed.timer()
              .scheduleAtFixedRate(
                  () -> askCapabilities(tally), 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
      group.await(start, window.untilNanos(), () -> false);
      polls.cancel(false);
      window.close(bed.clock().getAsLong());
      group.drain(tally);
      // What a worker still computes for calls that are over it has computed by then.
      Thread.sleep(SETTLE);
      tally.tell(bed);
      double received = tally.allAudioNanos.get() / NANOS;
      return result(streams, tally, log, received, wasted(before, worker.figures(), received));
    } finally {
      bed.progress().ended();
    }
  }

  private GrpcStream open(List<GrpcStream> opened) {
    GrpcStream stream = worker.open();
    opened.add(stream);
    return stream;
  }

  private List<Rhythm> rhythms(List<GrpcStream> streams, InterruptionLog log, Tally tally) {
    List<Rhythm> rhythms = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      Random random = new Random(bed.seed() + i);
      rhythms.add(new Interrupter(bed, streams.get(i), log, tally, random));
    }
    return rhythms;
  }

  private void askCapabilities(Tally tally) {
    long asked = bed.clock().getAsLong();
    worker.figures(
        new Answer<>() {
          @Override
          public void given(Map<String, Double> figures) {
            capabilities.add(bed.clock().getAsLong() - asked);
          }

          @Override
          public void failed(String reason) {
            tally.failed("GetCapabilities: " + reason);
          }
        });
  }

  private static OptionalDouble wasted(
      Map<String, Double> before, Map<String, Double> after, double received) {
    if (!before.containsKey(AUDIO_COMPUTED) || !after.containsKey(AUDIO_COMPUTED)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(after.get(AUDIO_COMPUTED) - before.get(AUDIO_COMPUTED) - received);
  }

  private BargeInResult result(
      int streams, Tally tally, InterruptionLog log, double received, OptionalDouble wasted) {
    return new BargeInResult(
        streams,
        tally.window.seconds(),
        tally.sentences.get(),
        tally.failures.get(),
        tally.refusals.get(),
        tally.underruns.get(),
        log.summary(),
        log.answerTimes(),
        capabilities.quantiles(),
        received,
        wasted);
  }
}
