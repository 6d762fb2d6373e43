package dev.ttsworker.engine.audio;

import java.util.List;

/// PCM frame assembler: samples to frames of signed 16-bit little endian numbers. Values beyond
/// full scale are clamped, NaN is silence. Not thread-safe.
final class FrameAssembler {
  private static final float FULL_SCALE = 32768;

  private byte[] frame = new byte[SpeechPipeline.FRAME_BYTES];
  private int filled;

  /// Adds samples (full scale is ±1) and appends each frame that is complete.
  void add(float[] samples, List<byte[]> complete) {
    byte[] current = frame;
    int at = filled;
    for (float sample : samples) {
      int scaled = Math.round(sample * FULL_SCALE);
      int pcm = Math.min(Math.max(scaled, Short.MIN_VALUE), Short.MAX_VALUE);
      current[at] = (byte) pcm;
      current[at + 1] = (byte) (pcm >> 8);
      at += 2;
      if (at == current.length) {
        complete.add(current);
        current = new byte[SpeechPipeline.FRAME_BYTES];
        at = 0;
      }
    }
    frame = current;
    filled = at;
  }

  /// Appends the rest, if any, padded with silence.
  void flush(List<byte[]> complete) {
    if (filled > 0) {
      complete.add(frame);
      frame = new byte[SpeechPipeline.FRAME_BYTES];
      filled = 0;
    }
  }
}
