package dev.ttsworker.grpc;

import io.grpc.Decompressor;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Decompresses a message while it is read, its beginning included: so bytes that are no gzip fail
/// where failures become statuses, not in the transport.
final class LateGzip implements Decompressor {
  @Override
  public String getMessageEncoding() {
    return "gzip";
  }

  @Override
  public InputStream decompress(InputStream compressed) {
    return new LateStream(compressed);
  }

  private static final class LateStream extends InputStream {
    private final InputStream compressed;
    private @Nullable InputStream plain;

    LateStream(InputStream compressed) {
      this.compressed = compressed;
    }

    private InputStream plain() throws IOException {
      InputStream opened = plain;
      if (opened == null) {
        opened = new GZIPInputStream(compressed);
        plain = opened;
      }
      return opened;
    }

    @Override
    public int read() throws IOException {
      return plain().read();
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
      return plain().read(into, at, most);
    }

    @Override
    public void close() throws IOException {
      InputStream opened = plain;
      if (opened == null) {
        compressed.close();
      } else {
        opened.close();
      }
    }
  }
}
