package dev.ttsworker.bench.load;

import dev.ttsworker.bench.report.SlackLine;
import java.util.ArrayList;
import java.util.List;

/// Collects the slack of one stream over a run, thinly. Thread-safe.
final class SlackTrack {
  private static final double NANOS = 1e9;

  private final int stream;
  private final long startNanos;
  private final long stepNanos;
  private final List<SlackLine.Point> points = new ArrayList<>();
  private long nextNanos;

  /// @param runNanos how long the run lasts; about half of the line's points are spread over it
  SlackTrack(int stream, long startNanos, long runNanos) {
    this.stream = stream;
    this.startNanos = startNanos;
    this.stepNanos = 2 * runNanos / SlackLine.MOST_POINTS;
    this.nextNanos = startNanos;
  }

  /// Notes a moment that may be left out when another one is near.
  synchronized void maybe(long nowNanos, long slackNanos) {
    if (nowNanos - nextNanos >= 0) {
      nextNanos = nowNanos + stepNanos;
      always(nowNanos, slackNanos);
    }
  }

  /// Notes a moment at which the line bends.
  synchronized void always(long nowNanos, long slackNanos) {
    if (points.size() < SlackLine.MOST_POINTS) {
      points.add(new SlackLine.Point((nowNanos - startNanos) / NANOS, slackNanos / NANOS));
    }
  }

  synchronized SlackLine line() {
    return new SlackLine(stream, points);
  }
}
