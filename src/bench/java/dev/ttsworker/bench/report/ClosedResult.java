package dev.ttsworker.bench.report;

import java.util.List;

/// Streams that each ask for the next sentence when the former is complete.
///
/// @param seconds from the first request to the end of the last call
/// @param sentences that were spoken to their end
/// @param failures that ended otherwise; their times are in no distribution
/// @param refusals for want of capacity
/// @param firstAudioMs from the request to the arrival of the first audio
/// @param firstAudibleMs to the arrival of the first audio with a sample over 1 % of full scale
/// @param gapMs between one piece of audio and the next of the same sentence
/// @param audioSecondsPerSecond of all streams together
/// @param firstAudioSortedMs all of `firstAudioMs`, ascending
public record ClosedResult(
    int streams,
    double seconds,
    int sentences,
    int failures,
    int refusals,
    Quantiles firstAudioMs,
    Quantiles firstAudibleMs,
    Quantiles gapMs,
    double audioSecondsPerSecond,
    ServerCost cost,
    List<Double> firstAudioSortedMs) {

  public ClosedResult {
    firstAudioSortedMs = List.copyOf(firstAudioSortedMs);
  }
}
