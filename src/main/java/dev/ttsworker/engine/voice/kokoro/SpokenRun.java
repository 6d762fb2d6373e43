package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.voice.sentence.SilenceTrimmer;
import java.util.Arrays;

/// Audio of a run with the length of each of its phoneme numbers, which trimming and pauses change
/// together. Not thread-safe.
final class SpokenRun {
  private static final int RATE = KokoroModel.SAMPLE_RATE_HZ;

  /// Samples over which a place is searched for a pause: 5 ms.
  private static final int BLOCK = RATE / 200;

  private float[] samples;
  private final int[] lengths;

  SpokenRun(KokoroModel.Speech speech) {
    this.samples = speech.samples();
    this.lengths = speech.lengths().clone();
  }

  float[] samples() {
    return samples;
  }

  /// Samples of a phoneme number.
  int length(int id) {
    return lengths[id];
  }

  /// Cuts silence off, as [SilenceTrimmer#shortened].
  void trim(int startMillis, int endMillis) {
    SilenceTrimmer.Bounds bounds = SilenceTrimmer.bounds(samples, RATE, startMillis, endMillis);
    samples = SilenceTrimmer.faded(samples, bounds, RATE);
    int at = 0;
    for (int i = 0; i < lengths.length; i++) {
      int end = at + lengths[i];
      lengths[i] =
          Math.clamp(end, bounds.from(), bounds.to()) - Math.clamp(at, bounds.from(), bounds.to());
      at = end;
    }
  }

  /// Adds silence in a phoneme number, where it is quietest.
  void pause(int id, int count) {
    int from = 0;
    for (int i = 0; i < id; i++) {
      from += lengths[i];
    }
    int place = quietest(from, from + lengths[id]);
    float[] before = SilenceTrimmer.faded(samples, new SilenceTrimmer.Bounds(0, place), RATE);
    float[] after =
        SilenceTrimmer.faded(samples, new SilenceTrimmer.Bounds(place, samples.length), RATE);
    float[] longer = Arrays.copyOf(before, samples.length + count);
    System.arraycopy(after, 0, longer, place + count, after.length);
    samples = longer;
    lengths[id] += count;
  }

  /// The middle of the quietest block of a range; of equals the first.
  private int quietest(int from, int to) {
    int best = (from + to) / 2;
    double least = Double.MAX_VALUE;
    for (int start = from; start + BLOCK <= to; start += BLOCK / 2) {
      double power = 0;
      for (int i = start; i < start + BLOCK; i++) {
        power += (double) samples[i] * samples[i];
      }
      if (power < least) {
        least = power;
        best = start + BLOCK / 2;
      }
    }
    return best;
  }
}
