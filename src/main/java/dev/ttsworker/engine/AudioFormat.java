package dev.ttsworker.engine;

import java.util.List;
import java.util.stream.Collectors;

/// Audio format of a call: mono frames of 20 ms, and how their samples are encoded. At 11,025 Hz
/// frames have 220 and 221 samples in turn.
///
/// @param sampleRateHz one of [#RATES_HZ]
public record AudioFormat(int sampleRateHz, AudioEncoding encoding) {
  /// Sample rates that can be had of every voice.
  public static final List<Integer> RATES_HZ =
      List.of(8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);

  /// The format of callers who do not choose.
  public static final AudioFormat DEFAULT = new AudioFormat(48_000, AudioEncoding.PCM_S16LE);

  /// The duration of a frame.
  public static final int FRAME_MS = 20;

  private static final int FRAMES_PER_SECOND = 1000 / FRAME_MS;

  /// @throws IllegalArgumentException for another rate, naming what is allowed
  public AudioFormat {
    if (!RATES_HZ.contains(sampleRateHz)) {
      throw new IllegalArgumentException(
          "the sample rate is " + sampleRateHz + " Hz; allowed: " + allowedRates());
    }
  }

  /// The rates, as messages name them.
  public static String allowedRates() {
    return RATES_HZ.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /// Samples of the first `frames` frames.
  public long samples(long frames) {
    return frames * sampleRateHz / FRAMES_PER_SECOND;
  }

  /// The bytes of one frame.
  ///
  /// @param index from 0
  public int frameBytes(long index) {
    return (int) (samples(index + 1) - samples(index)) * encoding.bytesPerSample();
  }
}
