package dev.ttsworker.bench.load;

import dev.ttsworker.bench.report.ConversationResult;
import dev.ttsworker.bench.report.ConversationResult.Purpose;
import dev.ttsworker.bench.report.Quantiles;
import dev.ttsworker.bench.report.ServerCost;
import dev.ttsworker.bench.server.ServerUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Every stream plays in real time and speaks again 200 to 400 ms after its listener has heard all.
public final class ConversationLoad {
  /// p99 of first audio above which a conversation does not hold.
  public static final double LATEST_FIRST_AUDIO_MS = 500;

  /// The streams begin within this part of the warm-up.
  public static final double STAGGER = 0.8;

  private static final int TRACKS = 4;
  private static final double NANOS = 1e9;

  private final TestBed bed;
  private final Duration warmUp;

  /// @param warmUp before the part of each run that counts
  public ConversationLoad(TestBed bed, Duration warmUp) {
    this.bed = bed;
    this.warmUp = warmUp;
  }

  /// Runs it. A search's run ends at the first flaw, because then it cannot hold any more.
  ///
  /// @param length of the part that counts
  /// @throws dev.ttsworker.error.WorkerException when the streams cannot be opened
  public ConversationResult run(Purpose purpose, int streams, Duration length)
      throws InterruptedException {
    Duration whole = warmUp.plus(length);
    String what = bed.title() + ", " + streams + " conversations, " + describe(purpose);
    bed.progress().began(what, (int) whole.toSeconds());
    try (StreamGroup group = new StreamGroup(bed, bed.target()::open, streams, Integer.MAX_VALUE)) {
      long start = bed.clock().getAsLong();
      Window window = new Window(start + warmUp.toNanos(), start + whole.toNanos());
      Tally tally = new Tally(window);
      List<SlackTrack> tracks = tracks(purpose, start, whole);
      group.start(tally, (long) (STAGGER * warmUp.toNanos()), tracks, rhythms(streams));
      group.await(start, window.fromNanos(), () -> false);
      ServerUsage.Reading before = bed.usage().read();
      AdmissionWait wait = AdmissionWait.of(bed.target());
      boolean search = purpose == Purpose.SEARCH;
      group.await(start, window.untilNanos(), () -> search && !tally.flawless());
      window.close(bed.clock().getAsLong());
      ServerUsage.Reading after = bed.usage().read();
      double audio = tally.audioNanos.get() / NANOS;
      group.drain(tally);
      tally.tell(bed);
      ServerCost cost = after.since(before, audio, wait.meanMs());
      return result(purpose, streams, tally, cost, tracks);
    } finally {
      bed.progress().ended();
    }
  }

  private static String describe(Purpose purpose) {
    return switch (purpose) {
      case SEARCH -> "search";
      case CONFIRMATION -> "confirmation";
      case EASED -> "80 % of what it holds";
      case OVERLOAD -> "twice what it holds";
      case SAME_LOAD -> "as many as the first server holds";
      case GIVEN -> "as many as asked for";
    };
  }

  private static List<SlackTrack> tracks(Purpose purpose, long start, Duration whole) {
    List<SlackTrack> tracks = new ArrayList<>();
    for (int i = 0; i < TRACKS && purpose != Purpose.SEARCH; i++) {
      tracks.add(new SlackTrack(i, start, whole.toNanos()));
    }
    return tracks;
  }

  private List<Rhythm> rhythms(int streams) {
    List<Rhythm> rhythms = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      rhythms.add(Rhythm.conversation(new Random(bed.seed() + i)));
    }
    return rhythms;
  }

  private static ConversationResult result(
      Purpose purpose, int streams, Tally tally, ServerCost cost, List<SlackTrack> tracks) {
    double seconds = tally.window.seconds();
    Quantiles firstAudio = tally.firstAudio.quantiles();
    boolean spoke = tally.sentences.get() > 0;
    return new ConversationResult(
        purpose,
        streams,
        seconds,
        tally.sentences.get(),
        tally.failures.get(),
        tally.refusals.get(),
        tally.underruns.get(),
        tally.underrunNanos.get() / NANOS,
        firstAudio,
        tally.refusalTimes.quantiles(),
        seconds == 0 ? 0 : tally.audioNanos.get() / NANOS / seconds,
        cost,
        spoke && tally.flawless() && firstAudio.p99() < LATEST_FIRST_AUDIO_MS,
        tally.firstAudio.sorted(),
        tracks.stream().map(SlackTrack::line).toList());
  }
}
