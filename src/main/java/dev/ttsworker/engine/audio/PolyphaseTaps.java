package dev.ttsworker.engine.audio;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Polyphase filter of the resampler: a Kaiser-windowed sinc as [#perPhase] taps for each phase
/// between two input samples. Immutable.
///
/// With beta 8 the stop band is about 81 dB down. To a higher rate the cutoff lies at half the
/// input rate and the transition is 0.106 of it wide, half on each side: flat to 9.8 kHz and images
/// gone from 12.2 kHz at 22,050 Hz. To a lower rate the stop band begins at half the output rate,
/// so that nothing of it is heard below, and the pass band ends at 0.43 of the output rate. Source:
/// J. F. Kaiser and R. W. Schafer, "On the use of the I0-sinh window for spectrum analysis", IEEE
/// Trans. ASSP 28 (1980).
final class PolyphaseTaps {
  /// Input samples of one output sample, to a rate that is not lower.
  static final int FEWEST = 48;

  private static final double BETA = 8;
  private static final int SERIES_TERMS = 20;

  /// Input samples of one output sample to a lower rate, times that ratio.
  private static final int OF_LOWER_RATE = 72;

  /// Width of the transition in cycles for each input sample, times the taps of a phase.
  private static final double TRANSITION = 0.106 * FEWEST;

  private static final int MOST_KEPT = 64;
  private static final int MOST_TAPS_KEPT = 1 << 16;
  private static final Map<Ratio, PolyphaseTaps> KEPT = new ConcurrentHashMap<>();

  private final int phases;
  private final int perPhase;
  private final double cutoff;
  private final double[] series = besselSeries();
  private final float[] weights;

  private record Ratio(int up, int down) {}

  private PolyphaseTaps(int up, int down) {
    this.phases = up;
    if (up >= down) {
      this.perPhase = FEWEST;
      this.cutoff = 1;
    } else {
      double lower = (double) up / down;
      this.perPhase = 4 * (int) Math.ceil(OF_LOWER_RATE / lower / 4);
      this.cutoff = lower - TRANSITION / perPhase;
    }
    this.weights = design();
  }

  /// The filter for `up` output samples in the time of `down` input samples, which have no common
  /// factor.
  static PolyphaseTaps of(int up, int down) {
    Ratio ratio = new Ratio(up, down);
    PolyphaseTaps kept = KEPT.get(ratio);
    if (kept != null) {
      return kept;
    }
    PolyphaseTaps made = new PolyphaseTaps(up, down);
    if (made.weights.length <= MOST_TAPS_KEPT && KEPT.size() < MOST_KEPT) {
      KEPT.put(ratio, made);
    }
    return made;
  }

  /// Input samples of one output sample; a multiple of four.
  int perPhase() {
    return perPhase;
  }

  /// Look-ahead in input samples.
  int ahead() {
    return perPhase / 2;
  }

  /// Phase after phase: tap k of phase p weighs the input sample that lies `k - (ahead - 1)` after
  /// the last input sample at or before the output's time, which is `p / phases` later. Not to be
  /// changed.
  float[] weights() {
    return weights;
  }

  /// Designs all phases. The taps of each sum to one, so that a constant stays constant; phase p
  /// reversed is phase `phases - p`.
  private float[] design() {
    float[] taps = new float[phases * perPhase];
    double[] row = new double[perPhase];
    for (int phase = 0; phase <= phases / 2; phase++) {
      double sum = 0;
      for (int k = 0; k < perPhase; k++) {
        row[k] = tap(phase, k);
        sum += row[k];
      }
      for (int k = 0; k < perPhase; k++) {
        float weight = (float) (row[k] / sum);
        taps[phase * perPhase + k] = weight;
        if (phase > 0) {
          taps[(phases - phase + 1) * perPhase - 1 - k] = weight;
        }
      }
    }
    return taps;
  }

  private double tap(int phase, int k) {
    int whole = ahead() - 1 - k;
    if (phase == 0 && (whole == 0 || cutoff == 1)) {
      return whole == 0 ? cutoff * bessel(1) : 0;
    }
    double fraction = (double) phase / phases;
    double distance = whole + fraction;
    double across = distance / ahead();
    return sine(whole, fraction) / (Math.PI * distance) * bessel(1 - across * across);
  }

  /// Of whole half periods nothing is left but the sign.
  private double sine(int whole, double fraction) {
    return cutoff == 1
        ? (whole % 2 == 0 ? 1 : -1) * Math.sin(Math.PI * fraction)
        : Math.sin(Math.PI * cutoff * (whole + fraction));
  }

  /// The modified Bessel function I0 of `BETA * sqrt(s)` by Horner's rule; its scale cancels when
  /// the phase is normalised.
  private double bessel(double s) {
    double value = 0;
    for (int i = SERIES_TERMS - 1; i >= 0; i--) {
      value = value * s + series[i];
    }
    return value;
  }

  private static double[] besselSeries() {
    double[] series = new double[SERIES_TERMS];
    series[0] = 1;
    for (int i = 1; i < SERIES_TERMS; i++) {
      series[i] = series[i - 1] * (BETA * BETA / 4) / ((double) i * i);
    }
    return series;
  }
}
