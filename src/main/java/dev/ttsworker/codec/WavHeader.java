package dev.ttsworker.codec;

import dev.ttsworker.engine.AudioFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Header of a WAV file of 16-bit samples: RIFF chunk, format chunk, and the begin of the data
/// chunk. Source: Multimedia Programming Interface and Data Specifications 1.0 (1991).
public final class WavHeader {
  /// Its size.
  public static final int BYTES = 44;

  private static final int UNKNOWN = -1;
  private static final int RIFF_OVERHEAD = BYTES - 8;
  private static final short PCM = 1;
  private static final short MONO = 1;

  private WavHeader() {}

  /// Of audio whose length is known.
  ///
  /// @param format of [AudioEncoding#PCM_S16LE]
  /// @param dataBytes less than 4 GiB
  public static byte[] of(AudioFormat format, long dataBytes) {
    return header(format, (int) (dataBytes + RIFF_OVERHEAD), (int) dataBytes);
  }

  /// Of a stream: with the largest possible length, as players expect of one.
  ///
  /// @param format of [AudioEncoding#PCM_S16LE]
  public static byte[] ofStream(AudioFormat format) {
    return header(format, UNKNOWN, UNKNOWN);
  }

  private static byte[] header(AudioFormat format, int riffBytes, int dataBytes) {
    int rate = format.sampleRateHz();
    int bytesPerSample = format.encoding().bytesPerSample();
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(riffBytes)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort(PCM)
        .putShort(MONO)
        .putInt(rate)
        .putInt(rate * bytesPerSample)
        .putShort((short) bytesPerSample)
        .putShort((short) (8 * bytesPerSample))
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(dataBytes)
        .array();
  }
}
