package dev.ttsworker;

import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A Synthesize call whose caller takes a frame only when told to; everything else waits on the
/// wire or in the worker.
final class SlowReader implements ClientResponseObserver<TextChunk, AudioFrame> {
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final MessageDigest heard = Digests.sha256();
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
      heard.update(frame.getAudioData().toByteArray());
    }
    return true;
  }

  /// Reads on to the end.
  ///
  /// @return the digest of all audio since the beginning, as [Digests#of] gives it
  /// @throws AssertionError when the call did not end well
  String readOut() throws InterruptedException {
    while (read(1_000)) {}
    if (events.take() instanceof Throwable failure) {
      throw new AssertionError(failure);
    }
    return HexFormat.of().formatHex(heard.digest());
  }

  /// How it ended, when it has.
  String end() {
    return String.valueOf(events.peek());
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
