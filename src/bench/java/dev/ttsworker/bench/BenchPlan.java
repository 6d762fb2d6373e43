package dev.ttsworker.bench;

import dev.ttsworker.bench.load.SentenceSet;
import dev.ttsworker.bench.report.BenchReport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What is to be measured of every server.
///
/// @param streams counts of the closed load, each at least 1
/// @param conversations how many to run; they are searched when there are none
/// @param warmUp of every server before all runs, and of each conversation run; does not count
/// @param length of each run that counts, at least a second
/// @param mostSentences of a closed run, at least 1
/// @param mostConversations that the search tries
public record BenchPlan(
    Set<Load> loads,
    List<SentenceSet> sets,
    List<Integer> streams,
    List<Integer> conversations,
    Duration warmUp,
    Duration length,
    int mostSentences,
    int mostConversations,
    long seed) {

  public BenchPlan {
    loads = Set.copyOf(EnumSet.copyOf(loads));
    sets = List.copyOf(sets);
    streams = List.copyOf(streams);
    conversations = List.copyOf(conversations);
    if (streams.stream().anyMatch(count -> count < 1) || mostSentences < 1) {
      throw new IllegalArgumentException("streams and sentences must be at least 1");
    }
  }

  BenchReport.Settings settings() {
    return new BenchReport.Settings(
        loads.stream().sorted().map(Load::label).toList(),
        sets.stream().map(SentenceSet::name).toList(),
        streams,
        (int) length.toSeconds(),
        seed);
  }
}
