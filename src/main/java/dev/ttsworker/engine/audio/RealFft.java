package dev.ttsworker.engine.audio;

/// Discrete Fourier transform of real sequences of an even length whose half has only the prime
/// factors 2, 3 and 5: even and odd elements are transformed as the parts of a complex sequence of
/// half the length. In single precision. Has its own memory: not thread-safe.
public final class RealFft {
  private final int half;
  private final ComplexFft fft;
  private final float[] cosines;
  private final float[] sines;
  private final float[] re;
  private final float[] im;
  private final float[] workRe;
  private final float[] workIm;

  /// @param length of the real sequences, 2 or more
  /// @throws IllegalArgumentException when it is odd or has another prime factor
  public RealFft(int length) {
    if (length < 2 || length % 2 != 0) {
      throw new IllegalArgumentException("length " + length + "; allowed: even, at least 2");
    }
    this.half = length / 2;
    this.fft = new ComplexFft(half);
    this.cosines = new float[half + 1];
    this.sines = new float[half + 1];
    for (int k = 0; k <= half; k++) {
      cosines[k] = (float) Math.cos(Math.PI * k / half);
      sines[k] = (float) Math.sin(Math.PI * k / half);
    }
    this.re = new float[half];
    this.im = new float[half];
    this.workRe = new float[half];
    this.workIm = new float[half];
  }

  /// Bins of a spectrum: half the length and one more.
  public int bins() {
    return half + 1;
  }

  /// Spectrum `X[k] = sum of x[n] exp(-2 pi i k n / length)`.
  ///
  /// @param samples of which `length` from `from` on are transformed
  /// @param spectrumRe receives the real parts of all [#bins]
  /// @param spectrumIm likewise the imaginary parts
  public void forward(float[] samples, int from, float[] spectrumRe, float[] spectrumIm) {
    float[] evens = re;
    float[] odds = im;
    float[] cos = cosines;
    float[] sin = sines;
    for (int n = 0, at = from; n < half; n++, at += 2) {
      evens[n] = samples[at];
      odds[n] = samples[at + 1];
    }
    fft.transform(evens, odds, workRe, workIm);
    spectrumRe[0] = evens[0] + odds[0];
    spectrumIm[0] = 0;
    spectrumRe[half] = evens[0] - odds[0];
    spectrumIm[half] = 0;
    for (int k = 1, j = half - 1; k < half; k++, j--) {
      float evenRe = 0.5f * (evens[k] + evens[j]);
      float evenIm = 0.5f * (odds[k] - odds[j]);
      float oddRe = 0.5f * (odds[k] + odds[j]);
      float oddIm = 0.5f * (evens[j] - evens[k]);
      float c = cos[k];
      float s = sin[k];
      spectrumRe[k] = evenRe + c * oddRe + s * oddIm;
      spectrumIm[k] = evenIm + c * oddIm - s * oddRe;
    }
  }

  /// Sequence of a spectrum: the inverse of [#forward], its factor `1 / length` included. The
  /// imaginary parts of the first and the last bin do not matter.
  ///
  /// @param samples receives `length` values from `from` on
  public void inverse(float[] spectrumRe, float[] spectrumIm, float[] samples, int from) {
    float[] evens = re;
    float[] odds = im;
    float[] cos = cosines;
    float[] sin = sines;
    float factor = 0.5f / half;
    evens[0] = factor * (spectrumRe[0] + spectrumRe[half]);
    odds[0] = factor * (spectrumRe[0] - spectrumRe[half]);
    for (int k = 1, j = half - 1; k < half; k++, j--) {
      float evenRe = spectrumRe[k] + spectrumRe[j];
      float evenIm = spectrumIm[k] - spectrumIm[j];
      float lessRe = spectrumRe[k] - spectrumRe[j];
      float lessIm = spectrumIm[k] + spectrumIm[j];
      float c = cos[k];
      float s = sin[k];
      float oddRe = c * lessRe - s * lessIm;
      float oddIm = c * lessIm + s * lessRe;
      evens[k] = factor * (evenRe - oddIm);
      odds[k] = factor * (evenIm + oddRe);
    }
    // Exchanged parts turn the forward transform into the inverse one.
    fft.transform(odds, evens, workIm, workRe);
    for (int n = 0, at = from; n < half; n++, at += 2) {
      samples[at] = evens[n];
      samples[at + 1] = odds[n];
    }
  }
}
