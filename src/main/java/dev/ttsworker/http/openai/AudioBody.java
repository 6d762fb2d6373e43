package dev.ttsworker.http.openai;

import dev.ttsworker.codec.StreamEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// Response body of one audio file: takes PCM and writes the file. Nothing is buffered beyond what
/// its encoder holds.
final class AudioBody extends OutputStream {
  private final OutputStream out;
  private final StreamEncoder encoder;

  AudioBody(OutputStream out, StreamEncoder encoder) {
    this.out = out;
    this.encoder = encoder;
  }

  @Override
  public void write(int value) {
    throw new UnsupportedOperationException("Samples come in whole frames");
  }

  @Override
  public void write(byte[] pcm) throws IOException {
    out.write(encoder.encode(pcm));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.write(encoder.finish());
    out.close();
  }
}
