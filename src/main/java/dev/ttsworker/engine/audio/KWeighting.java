package dev.ttsworker.engine.audio;

/// K-weighting filter of ITU-R BS.1770: a head shelf, then a high pass.
///
/// The standard lists coefficients for 48 kHz only. They come from two analogue prototypes by the
/// bilinear transform; the prototypes' corner, quality and gain below reproduce the listed figures
/// (derived in B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement", AES
/// 145, 2018), so that any rate is supported. The standard's high pass is not normalised at 48 kHz;
/// its factor there applies at each rate. The transform warps the shelf at low rates: 997 Hz reads
/// 0.02 dB low at 22,050 Hz, 0.05 at 16,000, 0.2 at 8,000. Not thread-safe.
final class KWeighting {
  private static final double SHELF_HZ = 1681.974450955533;
  private static final double SHELF_QUALITY = 0.7071752369554196;
  private static final double SHELF_GAIN_DB = 3.999843853973347;
  private static final double SHELF_BAND_EXPONENT = 0.4996667741545416;
  private static final double HIGH_PASS_HZ = 38.13547087602444;
  private static final double HIGH_PASS_QUALITY = 0.5003270373238773;
  private static final int STANDARD_RATE_HZ = 48_000;

  private final Biquad shelf;
  private final Biquad highPass;

  KWeighting(int sampleRateHz) {
    this.shelf = shelf(sampleRateHz);
    this.highPass = highPass(sampleRateHz);
  }

  double next(double sample) {
    return highPass.next(shelf.next(sample));
  }

  private static Biquad shelf(int sampleRateHz) {
    double k = Math.tan(Math.PI * SHELF_HZ / sampleRateHz);
    double high = Math.pow(10, SHELF_GAIN_DB / 20);
    double band = Math.pow(high, SHELF_BAND_EXPONENT);
    double damping = k / SHELF_QUALITY;
    double a0 = 1 + damping + k * k;
    return new Biquad(
        (high + band * damping + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * damping + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - damping + k * k) / a0);
  }

  private static Biquad highPass(int sampleRateHz) {
    double k = Math.tan(Math.PI * HIGH_PASS_HZ / sampleRateHz);
    double a0 = highPassDivisor(sampleRateHz);
    double b = highPassDivisor(STANDARD_RATE_HZ) / a0;
    return new Biquad(b, -2 * b, b, 2 * (k * k - 1) / a0, (1 - k / HIGH_PASS_QUALITY + k * k) / a0);
  }

  private static double highPassDivisor(int sampleRateHz) {
    double k = Math.tan(Math.PI * HIGH_PASS_HZ / sampleRateHz);
    return 1 + k / HIGH_PASS_QUALITY + k * k;
  }
}
