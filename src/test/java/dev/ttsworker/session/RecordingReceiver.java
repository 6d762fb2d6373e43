package dev.ttsworker.session;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes down what a call sends.
final class RecordingReceiver implements FrameReceiver {
  @SuppressWarnings("ArrayRecordComponent") // compared by the tests, element by element
  record Sent(byte[] pcm, List<WordTiming> words, long sequence, Optional<Ending> ending) {
    Optional<CallEnd> end() {
      return ending.map(Ending::reason);
    }

    boolean last() {
      return ending.isPresent();
    }
  }

  final List<Sent> frames = new ArrayList<>();
  boolean ready = true;
  boolean eachFrameWaitsInside;
  boolean completed;
  Optional<WorkerException> failure = Optional.empty();

  @Override
  public synchronized boolean isReady() {
    return ready;
  }

  @Override
  public synchronized void send(
      byte[] pcm, List<WordTiming> words, long sequence, Optional<Ending> end) {
    frames.add(new Sent(pcm, words, sequence, end));
    ready = !eachFrameWaitsInside;
  }

  @Override
  public synchronized void complete() {
    completed = true;
  }

  @Override
  public synchronized void fail(WorkerException reason) {
    failure = Optional.of(reason);
  }

  synchronized int count() {
    return frames.size();
  }
}
