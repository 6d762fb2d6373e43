package dev.ttsworker.grpc;

import io.grpc.Decompressor;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Gzip decompressor that decompresses while the message is read, its header included: invalid gzip
/// then fails where failures are mapped to statuses, not in the transport.
final class LazyGzip implements Decompressor {
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
