package dev.ttsworker.grpc;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.TextChunk;
import dev.ttsworker.session.Call;
import dev.ttsworker.session.CallEnd;
import dev.ttsworker.session.CallTask;
import dev.ttsworker.session.FrameReceiver;
import dev.ttsworker.session.SessionManager;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Stream observer of one Synthesize call. The session id comes with the first chunk.
final class SynthesizeStream implements StreamObserver<TextChunk>, FrameReceiver {
  private final SpokenStream<AudioFrame> stream;
  private final SessionManager sessions;
  private volatile FrameMapper frames = FrameMapper.NONE;

  /// @param speakers runs the call on a virtual thread
  SynthesizeStream(
      ServerCallStreamObserver<AudioFrame> responses, SessionManager sessions, Executor speakers) {
    this.stream = new SpokenStream<>(responses, speakers);
    this.sessions = sessions;
  }

  @Override
  public void onNext(TextChunk chunk) {
    Call running = stream.call().orElseGet(() -> open(chunk.getSessionId()));
    running.appendText(chunk.getText());
    if (chunk.getIsFinal()) {
      running.endText();
    }
  }

  private Call open(String id) {
    CallTask opened = sessions.openCall(id, this);
    frames = new FrameMapper(id, opened.call().format().sampleRateHz());
    return stream.start(opened);
  }

  @Override
  public void onCompleted() {
    // A call without any chunk has no session.
    stream.call().orElseGet(() -> open("")).endText();
  }

  @Override
  public void onError(Throwable failure) {
    stream.onCallerGone();
  }

  @Override
  public boolean isReady() {
    return stream.isReady();
  }

  @Override
  public void send(byte[] pcm, List<WordTiming> words, long sequence, Optional<CallEnd> end) {
    stream.send(frames.frame(pcm, words, sequence, end));
  }

  @Override
  public void complete() {
    stream.complete();
  }

  @Override
  public void fail(WorkerException failure) {
    stream.fail(failure);
  }
}
