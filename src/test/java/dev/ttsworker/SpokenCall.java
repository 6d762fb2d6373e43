package dev.ttsworker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import org.jspecify.annotations.Nullable;

/// One Synthesize call from the client's side.
final class SpokenCall implements ClientResponseObserver<TextChunk, AudioFrame> {
  private final BlockingDeque<Object> events = new LinkedBlockingDeque<>();
  private final StreamObserver<TextChunk> requests;
  private @Nullable ClientCallStreamObserver<TextChunk> control;

  SpokenCall(TTSServiceGrpc.TTSServiceStub stub) {
    requests = stub.synthesize(this);
  }

  void send(String session, String text) {
    requests.onNext(TextChunk.newBuilder().setSessionId(session).setText(text).build());
  }

  void sendFinal(String session, String text) {
    requests.onNext(
        TextChunk.newBuilder().setSessionId(session).setText(text).setIsFinal(true).build());
  }

  void endInput() {
    requests.onCompleted();
  }

  void cancel() {
    java.util.Objects.requireNonNull(control).cancel("test", null);
  }

  /// The next frame; empty when the call ended well.
  ///
  /// @throws AssertionError when it ended with an error
  Optional<AudioFrame> next() throws InterruptedException {
    Object event = events.take();
    if (event instanceof AudioFrame frame) {
      return Optional.of(frame);
    }
    assertEquals("end", event instanceof Throwable failure ? failure.toString() : event);
    events.add(event);
    return Optional.empty();
  }

  /// Takes frames until there were `frames` of them or the call has ended, well or not.
  ///
  /// @return whether the call goes on
  boolean hear(int frames) throws InterruptedException {
    for (int i = 0; i < frames; i++) {
      Object event = events.take();
      if (!(event instanceof AudioFrame)) {
        events.add(event);
        return false;
      }
    }
    return true;
  }

  /// Takes what is left of a call that was cancelled or may have been refused.
  void hearOut() throws InterruptedException {
    boolean _ = hear(Integer.MAX_VALUE);
  }

  /// Waits for the first answer. Whether it is a failure: the call was refused.
  boolean isRefused() throws InterruptedException {
    Object first = events.take();
    events.addFirst(first);
    return first instanceof Throwable;
  }

  /// Whether its end has come, though perhaps it was not heard yet.
  boolean isOver() {
    return events.stream().anyMatch(event -> !(event instanceof AudioFrame));
  }

  /// Frames that have come and were not taken.
  int pending() {
    return events.size();
  }

  /// All frames to the end.
  List<AudioFrame> frames() throws InterruptedException {
    List<AudioFrame> frames = new ArrayList<>();
    for (Optional<AudioFrame> frame = next(); frame.isPresent(); frame = next()) {
      frames.add(frame.get());
    }
    return frames;
  }

  /// All audio to the end; every rule of frames is checked.
  byte[] audio() throws InterruptedException {
    List<AudioFrame> frames = frames();
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    for (int i = 0; i < frames.size(); i++) {
      AudioFrame frame = frames.get(i);
      assertEquals(i + 1, frame.getSequenceNumber());
      assertEquals(i == frames.size() - 1, frame.getIsFinal());
      assertEquals(48_000, frame.getSampleRate());
      assertEquals(20, frame.getFrameDurationMs());
      int size = frame.getAudioData().size();
      assertTrue(size == 1920 || (size == 0 && frames.size() == 1), "frame of " + size + " bytes");
      audio.writeBytes(frame.getAudioData().toByteArray());
    }
    return audio.toByteArray();
  }

  /// The error the call ended with, after whatever frames came before.
  Status failure() throws InterruptedException {
    return Status.fromThrowable(throwable());
  }

  Throwable throwable() throws InterruptedException {
    while (true) {
      Object event = events.take();
      if (event instanceof Throwable failure) {
        return failure;
      }
      assertTrue(event instanceof AudioFrame, "the call ended well");
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<TextChunk> stream) {
    control = stream;
  }

  @Override
  public void onNext(AudioFrame frame) {
    events.add(frame);
  }

  @Override
  public void onError(Throwable failure) {
    events.add(failure);
  }

  @Override
  public void onCompleted() {
    events.add("end");
  }
}
