package dev.ttsworker.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestSizeLimitsTest {
  private static final int MOST = RequestSizeLimits.MAX_MESSAGE_BYTES;

  private final List<InputStream> handled = new ArrayList<>();

  /// An uncompressed message as the transport provides it.
  private static final class Plain extends ByteArrayInputStream implements KnownLength {
    Plain(int bytes) {
      super(new byte[bytes]);
    }
  }

  private ServerCall.Listener<InputStream> started(Metadata headers) {
    return new RequestSizeLimits()
        .interceptCall(
            new FakeCall(),
            headers,
            (_, _) ->
                new ServerCall.Listener<>() {
                  @Override
                  public void onMessage(InputStream message) {
                    handled.add(message);
                  }
                });
  }

  private void receive(InputStream message) {
    started(new Metadata()).onMessage(message);
  }

  private static InputStream gzip(int bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(new byte[bytes]);
    }
    return new LazyGzip().decompress(new ByteArrayInputStream(compressed.toByteArray()));
  }

  private static WorkerException refused(Runnable action) {
    return assertThrows(WorkerException.class, action::run);
  }

  @Test
  void messagesUpToTheLimitPass() throws IOException {
    receive(new Plain(MOST));
    receive(gzip(MOST));
    assertEquals(2, handled.size());
    assertArrayEquals(new byte[MOST], handled.getLast().readAllBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {MOST + 1, 40 * MOST})
  void largerMessagesAreRefused(int bytes) throws IOException {
    InputStream compressed = gzip(bytes);
    for (InputStream message : List.of(new Plain(bytes), compressed)) {
      WorkerException refusal = refused(() -> receive(message));
      assertEquals(ErrorCode.MESSAGE_TOO_LARGE, refusal.code());
      assertTrue(refusal.getMessage().contains("allowed: " + MOST), refusal.getMessage());
    }
    assertEquals(List.of(), handled);
  }

  /// Decompression bomb.
  @Test
  void decompressionStopsAtTheLimit() {
    AtomicLong read = new AtomicLong();
    InputStream large =
        new ByteArrayInputStream(new byte[4 * MOST]) {
          @Override
          public synchronized int read(byte[] bytes, int from, int length) {
            int count = super.read(bytes, from, length);
            read.addAndGet(count);
            return count;
          }
        };
    assertEquals(ErrorCode.MESSAGE_TOO_LARGE, refused(() -> receive(new Wrapped(large))).code());
    assertEquals(MOST + 1, read.get());
  }

  /// Hides the known length.
  private static final class Wrapped extends FilterInputStream {
    Wrapped(InputStream in) {
      super(in);
    }
  }

  @Test
  void invalidGzipIsRefused() {
    InputStream message = new LazyGzip().decompress(new ByteArrayInputStream(new byte[100]));
    assertEquals(ErrorCode.MALFORMED_REQUEST, refused(() -> receive(message)).code());
  }

  @Test
  void metadataIsCountedByNamesAndValues() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER), "v".repeat(4_000));
    headers.put(Metadata.Key.of("x-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[4_000]);
    var _ = started(headers);
    headers.put(Metadata.Key.of("x-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[200]);
    WorkerException refusal = refused(() -> started(headers));
    assertEquals(ErrorCode.METADATA_TOO_LARGE, refusal.code());
    assertTrue(refusal.getMessage().contains("8216 bytes"), refusal.getMessage());
  }
}
