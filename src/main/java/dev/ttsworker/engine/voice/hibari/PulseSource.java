package dev.ttsworker.engine.voice.hibari;

import java.util.function.IntToDoubleFunction;

/// Harmonic source of a sentence: a band-limited pulse train that follows the pitch, all harmonics
/// up to 11 kHz with unit amplitude, silent where the pitch is 40 Hz or less. Sample by sample from
/// the front; the phase runs on through unvoiced parts, so that no window is heard in it. Not
/// thread-safe.
///
/// The sum of `cos(h t)` over h = 1..H is `sin((H + 1/2) t) / (2 sin(t/2)) - 1/2`.
final class PulseSource {
  private static final double LOWEST_HZ = 40;
  private static final double HIGHEST_HZ = 11_000;
  private static final double LEAST_DENOMINATOR = 2e-3;
  private static final int HOP = SpectralFrames.HOP;
  private static final double RATE_HZ = SpectralFrames.SAMPLE_RATE_HZ;

  /// Where the samples of a frame lie: from -0.5 to 0.5, the middle of the frame being 0.
  private static final double[] PLACES = places();

  private final IntToDoubleFunction pitch;
  private double cycles;
  private int frame;

  /// @param pitch of each frame in Hz; asked for up to one frame on each side of [#next]'s, where
  ///   the sentence has no frame it repeats the last one
  PulseSource(IntToDoubleFunction pitch) {
    this.pitch = pitch;
  }

  private static double[] places() {
    double[] places = new double[HOP];
    for (int i = 0; i < HOP; i++) {
      places[i] = (i + 0.5) / HOP - 0.5;
    }
    return places;
  }

  /// Number of the frame that [#next] gives.
  int frame() {
    return frame;
  }

  /// Passes over a frame: only its phase counts.
  void skip() {
    for (int i = 0; i < HOP; i++) {
      advance(Math.max(at(i), LOWEST_HZ));
    }
    frame++;
  }

  /// The next frame's samples.
  ///
  /// @param target receives them from `from` on
  /// @return whether any of them is voiced
  boolean next(float[] target, int from) {
    double before = pitch.applyAsDouble(frame - 1);
    double here = pitch.applyAsDouble(frame);
    double after = pitch.applyAsDouble(frame + 1);
    boolean any = false;
    for (int i = 0; i < HOP; i++) {
      double hz = between(before, here, after, i);
      boolean voiced = hz > LOWEST_HZ;
      advance(Math.max(hz, LOWEST_HZ));
      any |= voiced;
      target[from + i] = voiced ? pulse(hz, cycles) : 0;
    }
    frame++;
    return any;
  }

  private double at(int sample) {
    return between(
        pitch.applyAsDouble(frame - 1),
        pitch.applyAsDouble(frame),
        pitch.applyAsDouble(frame + 1),
        sample);
  }

  /// Linear interpolation between the middles of frames.
  private static double between(double before, double here, double after, int sample) {
    double place = PLACES[sample];
    return place < 0 ? here + place * (here - before) : here + place * (after - here);
  }

  private void advance(double hz) {
    cycles += hz / RATE_HZ;
    cycles -= (int) cycles;
  }

  private static float pulse(double hz, double cycles) {
    double harmonics = (int) (HIGHEST_HZ / hz);
    double denominator = 2 * SineTable.sine(0.5 * cycles);
    if (Math.abs(denominator) <= LEAST_DENOMINATOR) {
      return (float) harmonics;
    }
    double turns = (harmonics + 0.5) * cycles;
    return (float) (SineTable.sine(turns - (int) turns) / denominator - 0.5);
  }
}
