package dev.ttsworker.engine.audio;

import java.util.ArrayList;
import java.util.List;

/// One call's way from a voice's samples to frames for the wire: resampling to 48 kHz, a constant
/// gain, a peak limiter, frames of 20 ms.
///
/// All state lasts for the whole call, so that samples given in any portions come out as one
/// unbroken stream, equal to the bit. Output lies at the time of its input: no silence is put in
/// front for the delays of filter and limiter. Instead their look-ahead (24 input samples and
/// [PeakLimiter#LOOK_AHEAD] output samples, about 5 ms in all) is held back until more input comes
/// or the call is finished. N input samples give `ceil(N * 48000 / rate)` samples, and these
/// rounded up to whole frames. Samples that are not finite are taken as silence. Not thread-safe;
/// computes on the calling thread, about 1.5 ms for a second of audio.
public final class SpeechPipeline {
  /// Samples per second that come out.
  public static final int OUTPUT_RATE_HZ = 48_000;

  /// Lowest rate that a voice may have.
  public static final int MIN_RATE_HZ = 8_000;

  /// Size of a frame: 20 ms of mono signed 16-bit samples.
  public static final int FRAME_BYTES = OUTPUT_RATE_HZ / 50 * 2;

  private final Resampler resampler;
  private final PeakLimiter limiter;
  private final FrameAssembler frames = new FrameAssembler();
  private final float gain;
  private boolean finished;

  /// Prepares for one call. The filter is designed here: about 0.2 ms and 60 kB for 22,050 Hz, but
  /// tens of milliseconds and 9 MB for a rate that has no factor in common with 48,000.
  ///
  /// @param sampleRateHz rate of the input, 8000 to 48000
  /// @param gainDb constant gain, -100 to 60
  /// @param ceilingDb highest peak of a sample in dBFS, -60 to 0
  /// @throws IllegalArgumentException naming the parameter that is out of range
  public SpeechPipeline(int sampleRateHz, double gainDb, double ceilingDb) {
    requireWithin("sampleRateHz", sampleRateHz, MIN_RATE_HZ, OUTPUT_RATE_HZ);
    requireWithin("gainDb", gainDb, -100, 60);
    requireWithin("ceilingDb", ceilingDb, -60, 0);
    this.resampler = new Resampler(sampleRateHz, OUTPUT_RATE_HZ);
    this.gain = (float) Math.pow(10, gainDb / 20);
    this.limiter = new PeakLimiter((float) Math.pow(10, ceilingDb / 20));
  }

  /// Takes the next samples of the call; the array is neither kept nor changed.
  ///
  /// @param samples mono, full scale is ±1; may be empty
  /// @return the frames that are complete now, each of [#FRAME_BYTES] bytes and the caller's own
  /// @throws IllegalStateException after [#finish]
  public List<byte[]> process(float[] samples) {
    if (finished) {
      throw new IllegalStateException("the pipeline is finished and takes no more samples");
    }
    List<byte[]> complete = new ArrayList<>();
    pass(resampler.push(samples), complete);
    return complete;
  }

  /// Ends the call: gives what the look-aheads held back, the last frame filled up with silence.
  ///
  /// @return up to two frames; none when there was no input or when finished before
  public List<byte[]> finish() {
    List<byte[]> complete = new ArrayList<>();
    if (!finished) {
      finished = true;
      pass(resampler.flush(), complete);
      frames.add(limiter.flush(), complete);
      frames.flush(complete);
    }
    return complete;
  }

  private void pass(float[] samples, List<byte[]> complete) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= gain;
    }
    frames.add(limiter.push(samples), complete);
  }

  private static void requireWithin(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed are " + min + " to " + max);
    }
  }
}
