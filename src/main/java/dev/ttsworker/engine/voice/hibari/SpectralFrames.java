package dev.ttsworker.engine.voice.hibari;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// Spectra of consecutive frames, as the decoder gives them. A frame is 300 samples of 24 kHz; its
/// spectrum has 601 bins, since it is that of 1,200 samples around its beginning.
///
/// @param from number of the first frame
/// @param to just past the last one
/// @param parts row-major, a row for each frame: the harmonic source's filter (real and imaginary
///   part), the magnitude of the noise, and what is added (real and imaginary part)
record SpectralFrames(int from, int to, List<float[]> parts) {
  static final int SAMPLE_RATE_HZ = 24_000;

  /// Samples of a frame.
  static final int HOP = 300;

  /// Samples of a transform.
  static final int SPAN = 4 * HOP;

  static final int BINS = SPAN / 2 + 1;

  /// No frames.
  static final SpectralFrames NONE = new SpectralFrames(0, 0, List.of());

  SpectralFrames {
    parts = List.copyOf(parts);
    for (float[] part : parts) {
      if (part.length != (to - from) * BINS) {
        throw new IllegalArgumentException(
            "%d values for the frames %d to %d of %d bins".formatted(part.length, from, to, BINS));
      }
    }
  }

  /// Parts that lie frame by frame in memory, of ones that lie bin by bin.
  ///
  /// @param made all parts, row-major, a row for each bin
  /// @param width columns of a row
  /// @param from column of the first frame that is wanted
  /// @param to just past that of the last one
  static List<float[]> byFrame(FloatBuffer made, int width, int from, int to) {
    int count = made.remaining() / (width * BINS);
    List<float[]> parts = new ArrayList<>();
    float[] row = new float[to - from];
    for (int part = 0; part < count; part++) {
      float[] frames = new float[(to - from) * BINS];
      for (int bin = 0; bin < BINS; bin++) {
        made.get((part * BINS + bin) * width + from, row);
        for (int frame = 0; frame < row.length; frame++) {
          frames[frame * BINS + bin] = row[frame];
        }
      }
      parts.add(frames);
    }
    return parts;
  }
}
