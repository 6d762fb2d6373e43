package dev.ttsworker.voicepack.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// HTTP response body with a read timeout: the client's own time limits end with the headers. Read
/// by one thread; asks for one piece at a time, so at most one waits here.
final class TimedBody extends InputStream implements Flow.Subscriber<List<ByteBuffer>> {
  private sealed interface Signal {}

  private record Piece(List<ByteBuffer> buffers) implements Signal {}

  private record End() implements Signal {}

  private record Failure(Throwable cause) implements Signal {}

  private static final List<ByteBuffer> NOTHING = List.of(ByteBuffer.allocate(0));

  private final Duration idleLimit;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> held = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private boolean ended;

  TimedBody(Duration idleLimit) {
    this.idleLimit = idleLimit;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    signals.add(new Piece(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    signals.add(new Failure(cause));
  }

  @Override
  public void onComplete() {
    signals.add(new End());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!ended && (held.isEmpty() || !held.getFirst().hasRemaining())) {
      if (held.isEmpty()) {
        await();
      } else {
        dropFirst();
      }
    }
    if (ended) {
      return -1;
    }
    int count = Math.min(length, held.getFirst().remaining());
    held.getFirst().get(target, offset, count);
    return count;
  }

  /// Cancels the response: no more of it is read.
  @Override
  public void close() {
    Flow.Subscription given = subscription;
    if (given != null) {
      given.cancel();
    }
  }

  private void dropFirst() {
    held.removeFirst();
    Flow.Subscription given = subscription;
    if (held.isEmpty() && given != null) {
      given.request(1);
    }
  }

  private void await() throws IOException {
    switch (next()) {
      case Piece piece -> held.addAll(piece.buffers().isEmpty() ? NOTHING : piece.buffers());
      case End end -> ended = true;
      case Failure failure ->
          throw new IOException(
              "connection lost: " + failure.cause().getMessage(), failure.cause());
    }
  }

  private Signal next() throws IOException {
    try {
      Signal signal = signals.poll(idleLimit.toMillis(), TimeUnit.MILLISECONDS);
      if (signal == null) {
        throw new HttpTimeoutException("nothing came for " + idleLimit.toSeconds() + " s");
      }
      return signal;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
