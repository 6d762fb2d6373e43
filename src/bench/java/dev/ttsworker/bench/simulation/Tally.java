package dev.ttsworker.bench.simulation;

import java.util.ArrayList;
import java.util.List;

/// What is counted over all conversations of a run: calls that were opened in the part that counts.
final class Tally {
  private static final int MOST_SLICES = 60;
  private static final double NANOS_PER_MS = 1e6;

  private final long fromNanos;
  private final long untilNanos;
  private final long sliceNanos;
  private final List<Slice> slices = new ArrayList<>();
  final Delays queueing = new Delays();
  final Delays refusals = new Delays();
  int opened;
  int completed;
  int stopped;
  int lost;
  int underrunCalls;
  int lateWindows;
  int retriedAway;
  long frames;

  Tally(long fromNanos, long untilNanos) {
    this.fromNanos = fromNanos;
    this.untilNanos = untilNanos;
    long second = 1_000_000_000;
    long seconds = (untilNanos - fromNanos + second - 1) / second;
    this.sliceNanos = Math.max(1, (seconds + MOST_SLICES - 1) / MOST_SLICES) * second;
    for (long at = fromNanos; at < untilNanos; at += sliceNanos) {
      slices.add(new Slice((at - fromNanos) / 1e9));
    }
  }

  /// A part of the run.
  static final class Slice {
    final double second;
    final Delays firstAudio = new Delays();
    int opened;
    int refused;
    int lost;

    /// @param second when it begins
    Slice(double second) {
      this.second = second;
    }
  }

  List<Slice> slices() {
    return slices;
  }

  long sliceNanos() {
    return sliceNanos;
  }

  private Slice slice(long nanos) {
    return slices.get((int) ((nanos - fromNanos) / sliceNanos));
  }

  /// A call was opened.
  ///
  /// @return whether it counts
  boolean opened(long nanos) {
    boolean counts = nanos >= fromNanos && nanos < untilNanos;
    if (counts) {
      opened++;
      slice(nanos).opened++;
    }
    return counts;
  }

  boolean isOver(long nanos) {
    return nanos >= untilNanos;
  }

  /// @param waitedNanos since there was something to speak
  /// @param others that refused it before
  void admitted(long waitedNanos, int others) {
    queueing.add(waitedNanos / NANOS_PER_MS);
    retriedAway += others > 0 ? 1 : 0;
  }

  void firstAudio(long openedNanos, long afterNanos) {
    slice(openedNanos).firstAudio.add(afterNanos / NANOS_PER_MS);
  }

  void refused(long openedNanos, long afterNanos) {
    slice(openedNanos).refused++;
    refusals.add(afterNanos / NANOS_PER_MS);
  }

  void lost(long openedNanos) {
    lost++;
    slice(openedNanos).lost++;
  }

  /// Underruns count from the end of the warm-up, whenever the call began.
  void audio(long nanos, int count, boolean late) {
    if (nanos >= fromNanos) {
      frames += nanos < untilNanos ? count : 0;
      lateWindows += late ? 1 : 0;
    }
  }

  int refused() {
    return refusals.count();
  }

  /// First audio of all slices.
  Delays firstAudio() {
    Delays all = new Delays();
    slices.forEach(slice -> all.addAll(slice.firstAudio));
    return all;
  }
}
