package dev.ttsworker.bench;

import dev.ttsworker.bench.report.BargeInResult;
import dev.ttsworker.bench.report.BargeInResult.Interruption;
import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.ClosedResult;
import dev.ttsworker.bench.report.ConversationResult;
import dev.ttsworker.bench.report.ConversationResult.Purpose;
import dev.ttsworker.bench.report.Quantiles;
import dev.ttsworker.bench.report.ServerCost;
import dev.ttsworker.bench.report.SlackLine;
import dev.ttsworker.bench.report.SlackLine.Point;
import dev.ttsworker.bench.report.TargetReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/// An invented report with a little of everything; its noise is always the same.
final class SampleReport {
  private static final ServerCost COST =
      new ServerCost(
          OptionalDouble.of(0.114), OptionalLong.of(412_000_000), OptionalDouble.of(2.5));
  private final Random random = new Random(4);

  static BenchReport with(TargetReport... targets) {
    return new BenchReport(
        Instant.parse("2026-11-24T19:00:00Z"),
        new BenchReport.Machine("Linux 6.1 x86_64", "Example CPU", 2, "25.0.1", 0.42),
        new BenchReport.Settings(
            List.of("closed", "conversation", "barge-in"),
            List.of("mixed", "short"),
            List.of(1, 4),
            60,
            1),
        List.of(targets));
  }

  static BenchReport whole() {
    SampleReport sample = new SampleReport();
    List<TargetReport> targets = new ArrayList<>();
    for (String set : List.of("mixed", "short")) {
      targets.add(
          sample.target("worker", set, 60, OptionalInt.of(12), OptionalDouble.empty(), true));
      targets.add(sample.target("fcfs", set, 75, OptionalInt.of(6), OptionalDouble.empty(), false));
      targets.add(
          sample.target("whole", set, 220, OptionalInt.of(2), OptionalDouble.of(16.2), false));
      targets.add(
          sample.target(
              "wyoming-piper", set, 240, OptionalInt.of(0), OptionalDouble.empty(), false));
      targets.add(
          sample.target(
              "streaming-vits", set, 110, OptionalInt.of(4), OptionalDouble.empty(), false));
    }
    return with(targets.toArray(TargetReport[]::new));
  }

  private TargetReport target(
      String name,
      String set,
      double ms,
      OptionalInt capacity,
      OptionalDouble ideal,
      boolean ours) {
    int reached = capacity.orElse(1);
    List<ConversationResult> conversations = new ArrayList<>();
    conversations.add(conversation(Purpose.SEARCH, Math.max(1, reached), ms, 0));
    conversations.add(
        conversation(Purpose.CONFIRMATION, Math.max(1, reached), ms, reached == 0 ? 3 : 0));
    if (ours) {
      conversations.add(conversation(Purpose.EASED, 9, ms, 0));
      conversations.add(conversation(Purpose.OVERLOAD, 24, ms, 5));
    }
    return new TargetReport(
        name,
        "127.0.0.1:7001",
        set,
        List.of(closed(1, ms), closed(4, 2.4 * ms)),
        conversations,
        capacity,
        ideal,
        ours ? Optional.of(bargeIn()) : Optional.empty(),
        name.equals("wyoming-piper") ? Optional.of("has no barge-in") : Optional.empty());
  }

  /// Of a server that spoke the mixed sentences on one stream and did nothing else.
  static TargetReport closedOnly(String name, double... firstAudioMs) {
    return new TargetReport(
        name,
        "127.0.0.1:1",
        "mixed",
        List.of(closed(1, firstAudioMs)),
        List.of(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// Of a server that held 8 conversations of 16 that would be ideal, with one stream's buffered
  /// audio.
  ///
  /// @param secondsAndSlack moments and what was buffered then, in turns
  static TargetReport buffered(double... secondsAndSlack) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < secondsAndSlack.length; i += 2) {
      points.add(new Point(secondsAndSlack[i], secondsAndSlack[i + 1]));
    }
    return new TargetReport(
        "worker",
        "127.0.0.1:1",
        "mixed",
        List.of(),
        List.of(
            conversation(Purpose.CONFIRMATION, 8, 1, new double[] {50}, new SlackLine(2, points))),
        OptionalInt.of(8),
        OptionalDouble.of(16),
        Optional.empty(),
        Optional.empty());
  }

  static ClosedResult closed(int streams, double... firstAudioMs) {
    Quantiles first = Quantiles.of(firstAudioMs);
    return new ClosedResult(
        streams,
        60,
        firstAudioMs.length,
        0,
        0,
        first,
        first,
        first,
        14.2,
        COST,
        Arrays.stream(firstAudioMs).sorted().boxed().toList());
  }

  private ClosedResult closed(int streams, double ms) {
    return closed(streams, times(ms, 400 * streams));
  }

  private double[] times(double ms, int count) {
    return random.doubles(count).map(share -> ms * (0.6 + share + 0.05 / (1.02 - share))).toArray();
  }

  static ConversationResult conversation(
      Purpose purpose, int streams, int underruns, double[] firstAudioMs, SlackLine... slack) {
    Quantiles first = Quantiles.of(firstAudioMs);
    return new ConversationResult(
        purpose,
        streams,
        60,
        firstAudioMs.length,
        0,
        0,
        underruns,
        0.3 * underruns,
        first,
        Quantiles.of(),
        9.3,
        COST,
        underruns == 0,
        Arrays.stream(firstAudioMs).sorted().boxed().toList(),
        List.of(slack));
  }

  private ConversationResult conversation(Purpose purpose, int streams, double ms, int underruns) {
    SlackLine[] slack = new SlackLine[Math.min(4, streams)];
    for (int stream = 0; stream < slack.length; stream++) {
      slack[stream] = new SlackLine(stream, slack(stream == 1 ? underruns : 0));
    }
    return conversation(purpose, streams, underruns, times(1.5 * ms, 200), slack);
  }

  private List<Point> slack(int underruns) {
    List<Point> points = new ArrayList<>();
    int left = underruns;
    double now = random.nextDouble(2);
    while (now < 60) {
      points.add(new Point(now, 0));
      points.add(new Point(now, 0.3));
      double length = 2 + random.nextDouble(6);
      double lead = Math.min(length, 1.6 + random.nextDouble());
      now += 0.5;
      points.add(new Point(now, lead));
      if (left > 0) {
        left--;
        points.add(new Point(now + lead + 0.4, -0.4));
        points.add(new Point(now + lead + 0.4, 0.8));
      }
      now += length;
      points.add(new Point(now, 0));
      now += 0.3;
    }
    return points;
  }

  private BargeInResult bargeIn() {
    return new BargeInResult(
        11,
        60,
        310,
        0,
        0,
        0,
        List.of(
            new Interruption("STOP", 80, Quantiles.of(times(2, 80)), 0),
            new Interruption("PAUSE", 76, Quantiles.of(times(2.2, 76)), 0),
            new Interruption("CANCEL", 83, Quantiles.of(times(1.4, 83)), 0)),
        Quantiles.of(times(3, 160)),
        Quantiles.of(times(4, 160)),
        520.4,
        OptionalDouble.of(31.2));
  }
}
