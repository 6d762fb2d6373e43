package dev.ttsworker.engine.voice.hibari;

/// Bounds of the speech of a sentence, by the energy that the text stage predicts for each frame:
/// the silence of the marks at its ends is cut to 20 ms, so that pauses between sentences are the
/// worker's. The durations of the marks alone are no measure: speech begins up to a quarter of a
/// second before the first phoneme's, and ends as much before the last one's (decision 0014).
///
/// Not thread-safe.
final class SpeechBounds {
  /// What is kept around speech.
  static final int MARGIN = SpectralFrames.SAMPLE_RATE_HZ / 50;

  private static final int HOP = SpectralFrames.HOP;

  /// What is this much below the loudest frame is silence; a breath such as /h/ is not.
  private static final double SILENCE_DB = 42;

  private static final double DB_PER_NEPER = 10 / Math.log(10);

  /// A fifth of the logarithm of the power is what the decoder takes.
  private static final double PER_UNIT = 5;

  private float threshold = Float.NaN;
  private int first = -1;
  private int last = -1;

  /// The energies of the next part of the sentence, whose first part decides what is silence.
  ///
  /// @param from number of its first frame
  void add(int from, float[] energies) {
    if (Float.isNaN(threshold)) {
      float loudest = Float.NEGATIVE_INFINITY;
      for (float energy : energies) {
        loudest = Math.max(loudest, energy);
      }
      threshold = loudest - (float) (SILENCE_DB / DB_PER_NEPER / PER_UNIT);
    }
    for (int i = 0; i < energies.length; i++) {
      if (energies[i] >= threshold) {
        first = first < 0 ? from + i : first;
        last = from + i;
      }
    }
  }

  /// Samples of the sentence before what is heard.
  long start() {
    return Math.max(0, (long) first * HOP - MARGIN);
  }

  /// Samples of the sentence up to the end of what is heard, if it ends with the parts added.
  ///
  /// @param frames of the sentence
  long end(int frames) {
    return Math.min((long) frames * HOP, (last + 1L) * HOP + MARGIN);
  }
}
