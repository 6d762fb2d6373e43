package dev.ttsworker.http;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.Ending;
import dev.ttsworker.session.FrameReceiver;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Response writer: passes one call's frames from the synthesis thread to the request's thread. Its
/// buffer stays within one burst of the call, since it is ready only while empty.
public final class AudioResponseWriter implements FrameReceiver {
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Opening opening;

  /// @param opening opens the response body once there is audio
  public AudioResponseWriter(Opening opening) {
    this.opening = opening;
  }

  /// Opens a stream.
  public interface Opening {
    OutputStream open() throws IOException;
  }

  private sealed interface Event {}

  private static final class Frame implements Event {
    final byte[] pcm;

    Frame(byte[] pcm) {
      this.pcm = pcm;
    }
  }

  private record End() implements Event {}

  private record Failed(WorkerException failure) implements Event {}

  @Override
  public boolean isReady() {
    return events.isEmpty();
  }

  @Override
  public void send(byte[] pcm, List<WordTiming> words, long sequence, Optional<Ending> end) {
    events.add(new Frame(pcm));
  }

  @Override
  public void complete() {
    events.add(new End());
  }

  @Override
  public void fail(WorkerException failure) {
    events.add(new Failed(failure));
  }

  /// Writes the call to its end, each frame at once, and closes the stream.
  ///
  /// @param ready runs when the buffer is empty again
  /// @throws WorkerException the call's failure, when it came before any audio
  /// @throws IOException the reader's failure, or the call's after that; the stream stays open
  void write(Runnable ready) throws IOException {
    Event event = next();
    if (event instanceof Failed(WorkerException failure)) {
      throw failure;
    }
    OutputStream out = opening.open();
    while (!(event instanceof End)) {
      switch (event) {
        case Frame frame -> out.write(frame.pcm);
        case Failed(WorkerException failure) ->
            throw new IOException("The call failed after its first sound", failure);
        case End() -> {}
      }
      if (events.isEmpty()) {
        out.flush();
        ready.run();
      }
      event = next();
    }
    out.close();
  }

  private Event next() throws IOException {
    try {
      return events.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("The worker closes").initCause(e);
    }
  }
}
