package dev.ttsworker.engine.audio;

/// Polyphase filter of the resampler: a Kaiser-windowed sinc with its cutoff at half the input
/// rate, as [#PER_PHASE] taps for each phase between two input samples.
///
/// With beta 8 the stop band is about 81 dB down; the transition is 0.106 of the input rate wide,
/// half of it on each side of the cutoff: flat to 9.8 kHz and images gone from 12.2 kHz at 22,050
/// Hz. Source: J. F. Kaiser and R. W. Schafer, "On the use of the I0-sinh window for spectrum
/// analysis", IEEE Trans. ASSP 28 (1980).
final class PolyphaseTaps {
  /// Input samples of one output sample.
  static final int PER_PHASE = 48;

  /// Look-ahead in input samples.
  static final int AHEAD = PER_PHASE / 2;

  private static final double BETA = 8;
  private static final int SERIES_TERMS = 20;

  private PolyphaseTaps() {}

  /// Designs all phases. The taps of each sum to one, so that a constant stays constant; phase p
  /// reversed is phase `phases - p`.
  ///
  /// @param phases number of phases, at least 1
  /// @return phase after phase: tap k of phase p weighs the input sample that lies `k - (AHEAD -
  ///   1)` after the last input sample at or before the output's time, which is `p / phases` later
  static float[] design(int phases) {
    double[] series = besselSeries();
    float[] taps = new float[phases * PER_PHASE];
    double[] row = new double[PER_PHASE];
    for (int phase = 0; phase <= phases / 2; phase++) {
      double sum = 0;
      for (int k = 0; k < PER_PHASE; k++) {
        row[k] = tap(phase, phases, k, series);
        sum += row[k];
      }
      for (int k = 0; k < PER_PHASE; k++) {
        float weight = (float) (row[k] / sum);
        taps[phase * PER_PHASE + k] = weight;
        if (phase > 0) {
          taps[(phases - phase + 1) * PER_PHASE - 1 - k] = weight;
        }
      }
    }
    return taps;
  }

  private static double tap(int phase, int phases, int k, double[] series) {
    int whole = AHEAD - 1 - k;
    if (phase == 0) {
      return whole == 0 ? 1 : 0;
    }
    double fraction = (double) phase / phases;
    double distance = whole + fraction;
    double sine = (whole % 2 == 0 ? 1 : -1) * Math.sin(Math.PI * fraction);
    double across = distance / AHEAD;
    return sine / (Math.PI * distance) * bessel(series, 1 - across * across);
  }

  /// The modified Bessel function I0 of `BETA * sqrt(s)` by Horner's rule; its scale cancels when
  /// the phase is normalised.
  private static double bessel(double[] series, double s) {
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
