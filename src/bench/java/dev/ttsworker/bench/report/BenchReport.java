package dev.ttsworker.bench.report;

import java.time.Instant;
import java.util.List;

/// What one run of the benchmark found. Written as JSON just as it stands.
///
/// @param targets one for each server and sentence set, in the order of measuring
public record BenchReport(
    Instant startedAt, Machine machine, Settings settings, List<TargetReport> targets) {

  public BenchReport {
    targets = List.copyOf(targets);
  }

  /// Where it ran; load generator and servers share it.
  ///
  /// @param loadAverage over the last minute before the start; negative when unknown
  public record Machine(
      String system, String processor, int cores, String java, double loadAverage) {}

  /// What was asked for.
  ///
  /// @param loads `closed`, `conversation`, `barge-in`
  /// @param sentenceSets names of built-in sets, or of a file
  /// @param streams of the closed load
  /// @param secondsPerRun of each run that counts
  public record Settings(
      List<String> loads,
      List<String> sentenceSets,
      List<Integer> streams,
      int secondsPerRun,
      long seed) {

    public Settings {
      loads = List.copyOf(loads);
      sentenceSets = List.copyOf(sentenceSets);
      streams = List.copyOf(streams);
    }
  }
}
