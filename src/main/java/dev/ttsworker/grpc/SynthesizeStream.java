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
import org.jspecify.annotations.Nullable;

/// Stream observer of one Synthesize call. The session id comes with the first chunk; gRPC
/// serializes the callbacks.
final class SynthesizeStream implements StreamObserver<TextChunk>, FrameReceiver {

  private final ServerCallStreamObserver<AudioFrame> responses;
  private final SessionManager sessions;
  private final Executor speakers;
  private String sessionId = "";
  private @Nullable Call call;

  /// @param speakers runs the call on a virtual thread
  SynthesizeStream(
      ServerCallStreamObserver<AudioFrame> responses, SessionManager sessions, Executor speakers) {
    this.responses = responses;
    this.sessions = sessions;
    this.speakers = speakers;
    // Ready only while the transport's buffer is empty: buffered frames would still leave after
    // PAUSE was acknowledged.
    responses.setOnReadyThreshold(1);
    responses.setOnCancelHandler(this::onCallerGone);
    responses.setOnReadyHandler(this::ready);
  }

  @Override
  public void onNext(TextChunk chunk) {
    Call running = call;
    if (running == null) {
      running = open(chunk.getSessionId());
    }
    running.appendText(chunk.getText());
    if (chunk.getIsFinal()) {
      running.endText();
    }
  }

  private Call open(String id) {
    sessionId = id;
    CallTask opened = sessions.openCall(id, this);
    call = opened.call();
    try {
      speakers.execute(opened::speak);
    } catch (Throwable e) {
      opened.abandon(e);
      throw e;
    }
    return opened.call();
  }

  @Override
  public void onCompleted() {
    Call running = call;
    if (running == null) {
      // A call without any chunk has no session.
      running = open("");
    }
    running.endText();
  }

  @Override
  public void onError(Throwable failure) {
    onCallerGone();
  }

  private void onCallerGone() {
    Call running = call;
    if (running != null) {
      running.onCallerGone();
    }
  }

  private void ready() {
    Call running = call;
    if (running != null) {
      running.onReceiverReady();
    }
  }

  @Override
  public boolean isReady() {
    return responses.isReady();
  }

  @Override
  public void send(byte[] pcm, List<WordTiming> words, long sequence, Optional<CallEnd> end) {
    if (responses.isCancelled()) {
      return;
    }
    responses.onNext(FrameMapper.frame(sessionId, pcm, words, sequence, end));
  }

  @Override
  public void complete() {
    if (!responses.isCancelled()) {
      responses.onCompleted();
    }
  }

  @Override
  public void fail(WorkerException failure) {
    if (!responses.isCancelled()) {
      responses.onError(Statuses.of(failure));
    }
  }
}
