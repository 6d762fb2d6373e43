package dev.ttsworker.bench.report;

import java.util.List;

/// Streams that each play in real time and speak again 200 to 400 ms after their listener has heard
/// the sentence. Counts what began after the warm-up.
///
/// @param seconds that were counted
/// @param sentences that were spoken to their end
/// @param failures that ended otherwise
/// @param refusals for want of capacity; each of them tried again later
/// @param underruns moments when a listener had played all that was sent, and more was due
/// @param underrunSeconds how long listeners waited in them
/// @param firstAudioMs of calls that were let in, from the request to the first audio
/// @param refusalMs from the request to the refusal
/// @param held no underrun, failure or refusal, and p99 of first audio below the bound
/// @param firstAudioSortedMs all of `firstAudioMs`, ascending
/// @param slack of the first few streams
public record ConversationResult(
    Purpose purpose,
    int streams,
    double seconds,
    int sentences,
    int failures,
    int refusals,
    int underruns,
    double underrunSeconds,
    Quantiles firstAudioMs,
    Quantiles refusalMs,
    double audioSecondsPerSecond,
    ServerCost cost,
    boolean held,
    List<Double> firstAudioSortedMs,
    List<SlackLine> slack) {

  public ConversationResult {
    firstAudioSortedMs = List.copyOf(firstAudioSortedMs);
    slack = List.copyOf(slack);
  }

  /// Why a run was made.
  public enum Purpose {
    /// A short run that narrows the search down.
    SEARCH,
    /// Of full length, at a count that the search found.
    CONFIRMATION,
    /// At 80 % of the count that was reached.
    EASED,
    /// At twice the count that was reached.
    OVERLOAD,
    /// At the count that the first server reached with these sentences.
    SAME_LOAD,
    /// At a count that was asked for.
    GIVEN
  }
}
