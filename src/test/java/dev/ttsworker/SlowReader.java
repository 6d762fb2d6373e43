package dev.ttsworker;

import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A Synthesize call whose caller takes a frame only when told to; everything else waits on the
/// wire or in the worker.
final class SlowReader implements ClientResponseObserver<TextChunk, AudioFrame> {
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final StreamObserver<TextChunk> requests;
  private @Nullable ClientCallStreamObserver<TextChunk> control;

  SlowReader(Channel channel) {
    requests = TTSServiceGrpc.newStub(channel).synthesize(this);
  }

  void send(String session, String text) {
    requests.onNext(TextChunk.newBuilder().setSessionId(session).setText(text).build());
  }

  void endInput() {
    requests.onCompleted();
  }

  void cancel() {
    Objects.requireNonNull(control).cancel("test", null);
  }

  /// Reads so many frames; fewer when the call ends before.
  ///
  /// @return whether the call goes on
  boolean read(int frames) throws InterruptedException {
    Objects.requireNonNull(control).request(frames);
    for (int i = 0; i < frames; i++) {
      Object event = events.take();
      if (!(event instanceof AudioFrame frame)) {
        events.add(event);
        return false;
      }
      heard.writeBytes(frame.getAudioData().toByteArray());
    }
    return true;
  }

  /// Reads on to the end.
  ///
  /// @return all audio since the beginning
  /// @throws AssertionError when the call did not end well
  byte[] readOut() throws InterruptedException {
    while (read(1_000)) {}
    if (events.take() instanceof Throwable failure) {
      throw new AssertionError(failure);
    }
    return heard.toByteArray();
  }

  /// Waits until the call has ended, however, without reading.
  void awaitEnd() throws InterruptedException {
    Object event = events.take();
    while (event instanceof AudioFrame) {
      event = events.take();
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<TextChunk> stream) {
    control = stream;
    stream.disableAutoRequestWithInitial(0);
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
