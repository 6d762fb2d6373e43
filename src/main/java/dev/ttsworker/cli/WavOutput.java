package dev.ttsworker.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// WAV writer for 48 kHz mono 16-bit PCM. On standard output the length in the header stays the
/// largest possible one, as players expect of a stream. Nothing is written before the first
/// samples, so that a failure before them leaves a file as it was.
final class WavOutput implements AutoCloseable {
  private static final int SAMPLE_RATE_HZ = 48_000;
  private static final int BYTES_PER_SAMPLE = 2;
  private static final int HEADER_BYTES = 44;
  private static final int FRAME_BYTES = 1_920;
  private static final int UNKNOWN = -1;

  private final Path file;
  private @Nullable OutputStream out;
  private long bytes;
  private boolean silent = true;

  /// @param file `-` is standard output
  WavOutput(Path file) {
    this.file = file;
  }

  boolean isStandardOutput() {
    return file.toString().equals("-");
  }

  void write(byte[] pcm) {
    try {
      begun().write(pcm);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes += pcm.length;
    for (int i = 0; silent && i < pcm.length; i++) {
      silent = pcm[i] == 0;
    }
  }

  private OutputStream begun() throws IOException {
    OutputStream known = out;
    if (known == null) {
      known =
          isStandardOutput() ? System.out : new BufferedOutputStream(Files.newOutputStream(file));
      out = known;
      known.write(header(UNKNOWN, UNKNOWN));
    }
    return known;
  }

  /// Whether no more was written than the one silent frame of a text without anything to say.
  boolean holdsNothing() {
    return silent && bytes <= FRAME_BYTES;
  }

  double seconds() {
    return (double) bytes / (SAMPLE_RATE_HZ * BYTES_PER_SAMPLE);
  }

  private static byte[] header(int riffBytes, int dataBytes) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(riffBytes)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(SAMPLE_RATE_HZ)
        .putInt(SAMPLE_RATE_HZ * BYTES_PER_SAMPLE)
        .putShort((short) BYTES_PER_SAMPLE)
        .putShort((short) (8 * BYTES_PER_SAMPLE))
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(dataBytes)
        .array();
  }

  @Override
  public void close() throws IOException {
    OutputStream known = out;
    if (known == null) {
      return;
    }
    known.flush();
    if (isStandardOutput()) {
      return;
    }
    known.close();
    if (Files.isRegularFile(file)) {
      try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "rw")) {
        written.write(header((int) (HEADER_BYTES - 8 + bytes), (int) bytes));
      }
    }
  }
}
