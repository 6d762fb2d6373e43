package dev.ttsworker.engine.audio;

import dev.ttsworker.engine.AudioFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Audio pipeline of one call: resampling to its rate, constant gain, peak limiter, frames of 20 ms
/// in its encoding.
///
/// All state lasts for the whole call, so that samples in any portions give one continuous stream,
/// equal to the bit. Output is aligned with its input: the delays of filter and limiter add no
/// leading silence. Instead their look-ahead (about 5 ms at 48 kHz, 9 at 8 kHz) is buffered until
/// more input comes or the call is finished. N input samples give `ceil(N * output / input)`
/// samples, and these rounded up to whole frames. Samples that are not finite are treated as
/// silence. Not thread-safe; computes on the calling thread.
public final class SpeechPipeline {
  /// Lowest sample rate of a voice.
  public static final int MIN_RATE_HZ = 8_000;

  /// Highest sample rate of a voice.
  public static final int MAX_RATE_HZ = 48_000;

  /// Samples that pass all steps at once: what a step leaves is still in the processor's cache, and
  /// the limiter works where peaks are.
  private static final int BLOCK = 512;

  private final Resampler resampler;
  private final PeakLimiter limiter;
  private final FrameAssembler frames;
  private final float gain;
  private boolean finished;

  /// Prepares for one call. The filter of two common rates is designed once; that of rates without
  /// a common factor takes tens of milliseconds and 9 MB.
  ///
  /// @param sampleRateHz rate of the input, 8000 to 48000
  /// @param gainDb constant gain, -100 to 60
  /// @param ceilingDb highest sample value in dBFS, -60 to 0
  /// @param format of the frames
  /// @throws IllegalArgumentException naming the parameter that is out of range
  public SpeechPipeline(int sampleRateHz, double gainDb, double ceilingDb, AudioFormat format) {
    requireWithin("sampleRateHz", sampleRateHz, MIN_RATE_HZ, MAX_RATE_HZ);
    requireWithin("gainDb", gainDb, -100, 60);
    requireWithin("ceilingDb", ceilingDb, -60, 0);
    this.resampler = Resampler.between(sampleRateHz, format.sampleRateHz());
    this.gain = (float) Math.pow(10, gainDb / 20);
    this.limiter = new PeakLimiter((float) Math.pow(10, ceilingDb / 20), format.sampleRateHz());
    this.frames = new FrameAssembler(format);
  }

  /// Processes the next samples of the call; the array is neither retained nor changed.
  ///
  /// @param samples mono, full scale is ±1; may be empty
  /// @return the frames that are complete now, owned by the caller
  /// @throws IllegalStateException after [#finish]
  public List<byte[]> process(float[] samples) {
    if (finished) {
      throw new IllegalStateException("the pipeline is finished and takes no more samples");
    }
    List<byte[]> complete = new ArrayList<>();
    for (int from = 0; from < samples.length; from += BLOCK) {
      int to = Math.min(samples.length, from + BLOCK);
      pass(resampler.push(Arrays.copyOfRange(samples, from, to)), complete);
    }
    return complete;
  }

  /// Ends the call: returns the buffered look-ahead, the last frame padded with silence.
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
    float factor = gain;
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= factor;
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
