package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.audio.RealFft;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/// Spectra to samples, frame by frame: the spectrum of the source is filtered, noise and a free
/// part are added, and the transforms back overlap. What a frame gives does not depend on which
/// frames are computed at once. Not thread-safe.
///
/// A sentence of F frames has `300 F` samples; frame k reads and writes those from `300 k - 600` to
/// `300 k + 600`.
final class SpectralSynthesis {
  private static final int HOP = SpectralFrames.HOP;
  private static final int SPAN = SpectralFrames.SPAN;
  private static final int BINS = SpectralFrames.BINS;
  private static final int HALF = SPAN / 2;
  private static final int HOPS = SPAN / HOP;

  /// Frames on each side of a sample that it is added up from.
  static final int OVERLAP = HOPS / 2;

  private static final float LEAST_WEIGHT = 1e-11f;
  private static final float[] WINDOW = window();

  /// What divides the sum of all windows that overlap: their squares added, inside of a sentence.
  private static final float[] INSIDE = weights(0, HOPS);

  private final PulseSource source;
  private final NormalNoise noise;
  private final float noiseScale;
  private final RealFft fft = new RealFft(SPAN);
  private final float[] pulses = new float[SPAN];
  private final boolean[] voiced = new boolean[HOPS];
  private final float[] windowed = new float[SPAN];
  private final float[] overlap = new float[SPAN];
  private final float[] re = new float[BINS];
  private final float[] im = new float[BINS];
  private final float[] noiseRe = new float[BINS];
  private final float[] noiseIm = new float[BINS];
  private int next;
  private boolean begun;

  /// @param pitch as for [PulseSource]; here asked for from the first frame on
  /// @param first number of the first frame that is added
  /// @param noiseScale factor of the noise, 0 for none
  SpectralSynthesis(IntToDoubleFunction pitch, int first, NormalNoise noise, float noiseScale) {
    this.source = new PulseSource(pitch);
    this.noise = noise;
    this.noiseScale = noiseScale;
    this.next = first;
    while (source.frame() < first - OVERLAP) {
      source.skip();
    }
  }

  private static float[] window() {
    float[] window = new float[SPAN];
    for (int i = 0; i < SPAN; i++) {
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / SPAN));
    }
    return window;
  }

  /// Squared windows added over a hop.
  ///
  /// @param from the first of the four quarters that overlap there
  /// @param to just past the last one
  private static float[] weights(int from, int to) {
    float[] weights = new float[HOP];
    for (int i = 0; i < HOP; i++) {
      float sum = 0;
      for (int quarter = from; quarter < to; quarter++) {
        float weight = WINDOW[quarter * HOP + i];
        sum += weight * weight;
      }
      weights[i] = 1 / Math.max(sum, LEAST_WEIGHT);
    }
    return weights;
  }

  /// Number of the frame that is added next.
  int frame() {
    return next;
  }

  /// Number of the 300 samples that [#next] gives, which no later frame changes.
  int hop() {
    return next - OVERLAP;
  }

  /// Adds the next frame, if the sentence has one, and gives the next 300 samples.
  ///
  /// @param spectra with that frame; none behind the end
  /// @param frames the sentence's, as far as it is known; [Integer#MAX_VALUE] while it goes on
  /// @param target receives the samples
  void next(SpectralFrames spectra, int frames, float[] target) {
    if (next < frames) {
      add(spectra, frames);
    }
    take(hop(), frames, target);
    next++;
  }

  private void add(SpectralFrames spectra, int frames) {
    boolean heard = readSource(frames);
    int at = (next - spectra.from()) * BINS;
    float[] filterRe = spectra.parts().get(0);
    float[] filterIm = spectra.parts().get(1);
    float[] magnitude = spectra.parts().get(2);
    float[] freeRe = spectra.parts().get(3);
    float[] freeIm = spectra.parts().get(4);
    noise.fill(noiseRe);
    noise.fill(noiseIm);
    if (heard) {
      for (int i = 0; i < SPAN; i++) {
        windowed[i] = pulses[i] * WINDOW[i];
      }
      fft.forward(windowed, 0, re, im);
    } else {
      Arrays.fill(re, 0);
      Arrays.fill(im, 0);
    }
    float[] sumRe = re;
    float[] sumIm = im;
    float[] drawnRe = noiseRe;
    float[] drawnIm = noiseIm;
    float scale = noiseScale;
    float gain = heard ? 1f / HOP : 0;
    for (int bin = 0; bin < BINS; bin++, at++) {
      float sourceRe = gain * sumRe[bin];
      float sourceIm = gain * sumIm[bin];
      float loud = scale * magnitude[at];
      float a = filterRe[at];
      float b = filterIm[at];
      sumRe[bin] = a * sourceRe - b * sourceIm + loud * drawnRe[bin] + freeRe[at];
      sumIm[bin] = a * sourceIm + b * sourceRe + loud * drawnIm[bin] + freeIm[at];
    }
    fft.inverse(sumRe, sumIm, windowed, 0);
    for (int i = 0; i < SPAN; i++) {
      overlap[i] += windowed[i] * WINDOW[i];
    }
  }

  /// Brings the pulses of the next frame's span into place.
  ///
  /// @return whether any is voiced
  private boolean readSource(int frames) {
    if (!begun) {
      begun = true;
      for (int hop = 0; hop < HOPS; hop++) {
        read(next - OVERLAP + hop, hop, frames);
      }
    } else {
      System.arraycopy(pulses, HOP, pulses, 0, SPAN - HOP);
      System.arraycopy(voiced, 1, voiced, 0, HOPS - 1);
      read(next + OVERLAP - 1, HOPS - 1, frames);
    }
    if (next < OVERLAP) {
      reflectStart();
    }
    if (next > frames - OVERLAP) {
      reflectEnd(frames);
    }
    return voiced[0] || voiced[1] || voiced[2] || voiced[3];
  }

  private void read(int frame, int hop, int frames) {
    boolean inside = frame >= 0 && frame < frames;
    voiced[hop] = inside && source.next(pulses, hop * HOP);
    if (!inside) {
      Arrays.fill(pulses, hop * HOP, (hop + 1) * HOP, 0);
    }
  }

  /// What lies before a sentence mirrors its beginning.
  private void reflectStart() {
    int start = HALF - next * HOP;
    for (int i = 1; i <= start; i++) {
      pulses[start - i] = start + i < SPAN ? pulses[start + i] : 0;
    }
    voiced[0] = true;
  }

  /// What lies behind a sentence mirrors its end.
  private void reflectEnd(int frames) {
    int end = HALF + (frames - next) * HOP;
    for (int i = 0; end + i < SPAN; i++) {
      pulses[end + i] = end - 2 - i >= 0 ? pulses[end - 2 - i] : 0;
    }
    voiced[HOPS - 1] = true;
  }

  private void take(int hop, int frames, float[] target) {
    int from = Math.max(0, hop - frames + OVERLAP + 1);
    int until = Math.min(HOPS, hop + OVERLAP + 1);
    float[] weights = from == 0 && until == HOPS ? INSIDE : weights(from, until);
    for (int i = 0; i < HOP; i++) {
      target[i] = overlap[i] * weights[i];
    }
    System.arraycopy(overlap, HOP, overlap, 0, SPAN - HOP);
    Arrays.fill(overlap, SPAN - HOP, SPAN, 0);
  }
}
