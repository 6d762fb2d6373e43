package dev.ttsworker.engine.audio;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;
import java.util.List;

/// Frame assembler: samples to frames of 20 ms in a call's format. Values beyond full scale are
/// clamped, NaN is silence. Not thread-safe.
final class FrameAssembler {
  private static final float FULL_SCALE = 32768;

  private final AudioFormat pcm;
  private final AudioEncoding encoding;
  private byte[] frame;
  private int filled;
  private long index;

  FrameAssembler(AudioFormat format) {
    this.pcm = new AudioFormat(format.sampleRateHz(), AudioEncoding.PCM_S16LE);
    this.encoding = format.encoding();
    this.frame = new byte[pcm.frameBytes(0)];
  }

  /// Adds samples (full scale is ±1) and appends each frame that is complete.
  void add(float[] samples, List<byte[]> complete) {
    byte[] current = frame;
    int at = filled;
    for (float sample : samples) {
      int rounded = rounded(sample * FULL_SCALE);
      current[at] = (byte) rounded;
      current[at + 1] = (byte) (rounded >> 8);
      at += 2;
      if (at == current.length) {
        complete.add(encoding.ofPcm(current));
        current = next();
        at = 0;
      }
    }
    frame = current;
    filled = at;
  }

  /// As [Math#round(float)] within the range of a sample, in a fraction of its time.
  private static int rounded(float scaled) {
    if (scaled > Short.MIN_VALUE) {
      float limited = scaled < Short.MAX_VALUE ? scaled : Short.MAX_VALUE;
      return (int) (limited + (FULL_SCALE + 0.5)) + Short.MIN_VALUE;
    }
    return scaled <= Short.MIN_VALUE ? Short.MIN_VALUE : 0;
  }

  /// Appends the rest, if any, padded with silence.
  void flush(List<byte[]> complete) {
    if (filled > 0) {
      complete.add(encoding.ofPcm(frame));
      frame = next();
      filled = 0;
    }
  }

  private byte[] next() {
    index++;
    return new byte[pcm.frameBytes(index)];
  }
}
