package dev.ttsworker.bench.simulation;

import dev.ttsworker.bench.report.ConversationResult;
import java.util.List;
import java.util.OptionalDouble;

/// Result of one simulated run.
///
/// @param policy of the balancer
/// @param workers at the start
/// @param startUpSeconds of a new worker; empty without autoscaling
/// @param conversation as the benchmark tells it
/// @param calls opened in the part that counts; each is completed, stopped, refused or lost
/// @param stopped by their user
/// @param lost with their worker
/// @param retriedAway calls that a worker refused and another one spoke
/// @param underrunCalls calls with a window that came too late
/// @param firstAudioMs from the moment when there was something to speak
/// @param queueingMs the same until the call was admitted
/// @param utilizationMean share of the inference threads' time in use
/// @param utilizationMost of the busiest worker
/// @param workersMost that served at once
/// @param slices over time
public record FleetRun(
    String policy,
    int workers,
    OptionalDouble startUpSeconds,
    ConversationResult conversation,
    int calls,
    int stopped,
    int lost,
    int retriedAway,
    int underrunCalls,
    Latency firstAudioMs,
    Latency queueingMs,
    double utilizationMean,
    double utilizationMost,
    int workersMost,
    List<Slice> slices) {

  public FleetRun {
    slices = List.copyOf(slices);
  }

  /// A distribution in milliseconds.
  public record Latency(double p50, double p95, double p99, double max, int count) {}

  /// A part of the run.
  ///
  /// @param second when it begins
  /// @param workers that serve at its end
  /// @param used capacity_used of those, on average
  public record Slice(
      double second,
      int calls,
      int refused,
      int lost,
      double firstAudioP95Ms,
      double firstAudioP99Ms,
      int workers,
      double used) {}

  /// Share of the calls that clients saw refused, 0..1.
  public double refusedShare() {
    return calls == 0 ? 0 : (double) conversation.refusals() / calls;
  }

  /// Share of the calls with a window that came too late, 0..1.
  public double underrunShare() {
    return calls == 0 ? 0 : (double) underrunCalls / calls;
  }
}
