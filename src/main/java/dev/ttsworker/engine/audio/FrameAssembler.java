package dev.ttsworker.engine.audio;

import java.util.List;

/// Turns samples into frames of signed 16-bit little endian numbers. What is beyond full scale is
/// clamped, what is not a number is silence. Not thread-safe.
final class FrameAssembler {
  private static final float FULL_SCALE = 32768;

  private byte[] frame = new byte[SpeechPipeline.FRAME_BYTES];
  private int filled;

  /// Adds samples (full scale is ±1) and appends each frame that is complete.
  void add(float[] samples, List<byte[]> complete) {
    for (float sample : samples) {
      int scaled = Math.round(sample * FULL_SCALE);
      int pcm = Math.clamp(scaled, Short.MIN_VALUE, Short.MAX_VALUE);
      frame[filled] = (byte) pcm;
      frame[filled + 1] = (byte) (pcm >> 8);
      filled += 2;
      if (filled == frame.length) {
        takeFrame(complete);
      }
    }
  }

  /// Appends what is left, if anything, filled up with silence.
  void flush(List<byte[]> complete) {
    if (filled > 0) {
      takeFrame(complete);
    }
  }

  private void takeFrame(List<byte[]> complete) {
    complete.add(frame);
    frame = new byte[SpeechPipeline.FRAME_BYTES];
    filled = 0;
  }
}
