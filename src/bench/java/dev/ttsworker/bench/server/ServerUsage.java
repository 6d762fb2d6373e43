package dev.ttsworker.bench.server;

import dev.ttsworker.bench.report.ServerCost;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Tells what a server uses. From any thread.
public interface ServerUsage {

  /// What it has used so far; parts that cannot be told are empty.
  Reading read();

  /// Of a server about which nothing is known.
  static ServerUsage unknown() {
    return () -> new Reading(OptionalDouble.empty(), OptionalLong.empty());
  }

  /// What a server has used at one moment.
  ///
  /// @param cpuSeconds of its process, since its start
  /// @param rssBytes the most physical memory so far, or the present one where only that is told
  record Reading(OptionalDouble cpuSeconds, OptionalLong rssBytes) {

    /// What it has used since `earlier`.
    ///
    /// @param audioSeconds what was heard of it meanwhile
    /// @param admissionWaitMs how long calls waited for capacity
    public ServerCost since(Reading earlier, double audioSeconds, OptionalDouble admissionWaitMs) {
      OptionalDouble cpu =
          cpuSeconds.isPresent() && earlier.cpuSeconds.isPresent() && audioSeconds > 0
              ? OptionalDouble.of(
                  (cpuSeconds.getAsDouble() - earlier.cpuSeconds.getAsDouble()) / audioSeconds)
              : OptionalDouble.empty();
      OptionalLong rss =
          rssBytes.isPresent() && earlier.rssBytes.isPresent()
              ? OptionalLong.of(Math.max(rssBytes.getAsLong(), earlier.rssBytes.getAsLong()))
              : rssBytes;
      return new ServerCost(cpu, rss, admissionWaitMs);
    }
  }
}
