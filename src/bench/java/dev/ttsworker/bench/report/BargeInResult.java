package dev.ttsworker.bench.report;

import java.util.List;
import java.util.OptionalDouble;

/// Calls of a conversation load, most of which were interrupted at random moments.
///
/// @param sentences that were left alone and spoken to their end
/// @param refusals for want of capacity; each of them tried again later
/// @param underruns of calls before they were interrupted
/// @param interruptions one for each kind
/// @param failures calls that ended otherwise than they were asked to
/// @param controlMs from each Control request to its answer
/// @param capabilitiesMs from each GetCapabilities request to its answer
/// @param audioReceivedSeconds by all clients
/// @param computedForNobodySeconds audio computed during the run less audio received; empty when
///   the server does not tell what it computes
public record BargeInResult(
    int streams,
    double seconds,
    int sentences,
    int failures,
    int refusals,
    int underruns,
    List<Interruption> interruptions,
    Quantiles controlMs,
    Quantiles capabilitiesMs,
    double audioReceivedSeconds,
    OptionalDouble computedForNobodySeconds) {

  public BargeInResult {
    interruptions = List.copyOf(interruptions);
  }

  /// One way to interrupt.
  ///
  /// @param kind `STOP`, `PAUSE` or `CANCEL`
  /// @param count of calls interrupted so
  /// @param lastFrameMs from the request to the last frame received (for PAUSE: before RESUME); 0
  ///   when none came after the request
  /// @param framesAfterAnswer that came after the acknowledgement; none must. A client that cancels
  ///   gets none by its own doing
  public record Interruption(
      String kind, int count, Quantiles lastFrameMs, int framesAfterAnswer) {}
}
