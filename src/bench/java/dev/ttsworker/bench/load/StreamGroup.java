package dev.ttsworker.bench.load;

import dev.ttsworker.bench.client.SpeechStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The streams of one run. Used by one thread, which also closes it.
final class StreamGroup implements AutoCloseable {
  private static final Duration SLICE = Duration.ofMillis(250);
  private static final Duration LAST_CALLS = Duration.ofSeconds(30);
  private static final Duration CANCELLING = Duration.ofSeconds(2);
  private static final long SECOND_NANOS = 1_000_000_000;

  private final TestBed bed;
  private final Gate gate;
  private final List<SpeechStream> streams = new ArrayList<>();
  private final List<Speaker> speakers = new ArrayList<>();

  /// Opens them.
  ///
  /// @param open opens one, such as `bed.target()::open`
  /// @param mostCalls of all streams together
  /// @throws dev.ttsworker.error.WorkerException when the server cannot be reached or refuses
  StreamGroup(TestBed bed, Supplier<? extends SpeechStream> open, int count, int mostCalls) {
    this.bed = bed;
    this.gate = new Gate(mostCalls);
    try {
      for (int i = 0; i < count; i++) {
        streams.add(open.get());
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Has all begin, each at a random moment within `staggerNanos`.
  ///
  /// @param tracks of the first streams
  /// @param rhythms one for each stream
  void start(Tally tally, long staggerNanos, List<SlackTrack> tracks, List<Rhythm> rhythms) {
    Random random = new Random(bed.seed());
    for (int i = 0; i < streams.size(); i++) {
      Optional<SlackTrack> track =
          i < tracks.size() ? Optional.of(tracks.get(i)) : Optional.empty();
      Speaker speaker =
          new Speaker(
              bed,
              gate,
              tally,
              streams.get(i),
              bed.sentences().order(bed.seed() + i),
              track,
              rhythms.get(i));
      speakers.add(speaker);
      speaker.begin(staggerNanos == 0 ? 0 : random.nextLong(staggerNanos));
    }
  }

  /// Waits until `untilNanos`, or until all calls are over or `enough` says so.
  void await(long startNanos, long untilNanos, BooleanSupplier enough) throws InterruptedException {
    long now = bed.clock().getAsLong();
    while (untilNanos - now > 0 && !gate.exhausted() && !enough.getAsBoolean()) {
      Thread.sleep(Duration.ofNanos(Math.min(SLICE.toNanos(), untilNanos - now)));
      now = bed.clock().getAsLong();
      bed.progress().reached((int) ((now - startNanos) / SECOND_NANOS));
    }
  }

  /// Lets no more calls begin and waits for those that run. Those that last too long are cancelled,
  /// and each of them is a failure.
  void drain(Tally tally) throws InterruptedException {
    gate.close();
    if (!gate.awaitNone(LAST_CALLS.toNanos())) {
      speakers.forEach(Speaker::cancel);
      if (!gate.awaitNone(CANCELLING.toNanos())) {
        String reason = "not over " + LAST_CALLS.plus(CANCELLING).toSeconds() + " s after the run";
        for (int i = gate.running(); i > 0; i--) {
          tally.failed(reason);
        }
      }
    }
  }

  @Override
  public void close() {
    gate.close();
    streams.forEach(SpeechStream::close);
  }
}
