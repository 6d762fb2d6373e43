package dev.ttsworker.bench.report;

import java.util.List;

/// How much audio of one stream was buffered over time. Between two points it runs straight.
///
/// @param stream counted from 0
public record SlackLine(int stream, List<Point> points) {
  /// The most points of one line.
  public static final int MOST_POINTS = 600;

  public SlackLine {
    points = List.copyOf(points);
  }

  /// One moment.
  ///
  /// @param seconds since the start of the run
  /// @param slackSeconds audio received and not heard yet; negative is how long an underrun lasted
  public record Point(double seconds, double slackSeconds) {}
}
