package dev.ttsworker.cli;

import dev.ttsworker.codec.WavHeader;
import dev.ttsworker.engine.AudioFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// WAV writer for mono 16-bit PCM. On standard output the length in the header stays the largest
/// possible one, as players expect of a stream. Nothing is written before the first samples, so
/// that a failure before them leaves a file as it was.
final class WavOutput implements SpeechOutput, AutoCloseable {
  private final Path file;
  private AudioFormat format = AudioFormat.DEFAULT;
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

  @Override
  public void write(AudioFormat of, byte[] pcm) {
    try {
      format = of;
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
      known.write(WavHeader.ofStream(format));
    }
    return known;
  }

  /// Whether no more was written than the one silent frame of a text without anything to say.
  boolean holdsNothing() {
    return silent && bytes <= format.frameBytes(0);
  }

  double seconds() {
    return (double) bytes / format.encoding().bytesPerSample() / format.sampleRateHz();
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
        written.write(WavHeader.of(format, bytes));
      }
    }
  }
}
