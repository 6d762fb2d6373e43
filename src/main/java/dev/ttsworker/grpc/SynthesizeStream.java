package dev.ttsworker.grpc;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.TextChunk;
import dev.ttsworker.session.CallCommand;
import dev.ttsworker.session.CallTask;
import dev.ttsworker.session.Ending;
import dev.ttsworker.session.FrameReceiver;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.session.StandaloneCall;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Stream observer of one Synthesize call. The first chunk names its session, or has the model and
/// options of one that the call brings along.
final class SynthesizeStream implements StreamObserver<TextChunk>, FrameReceiver {
  private final SpokenStream<AudioFrame> stream;
  private final SessionManager sessions;
  private Optional<CallTask> task = Optional.empty();
  private volatile FrameMapper frames = FrameMapper.NONE;

  /// @param speakers runs the call on a virtual thread
  SynthesizeStream(
      ServerCallStreamObserver<AudioFrame> responses, SessionManager sessions, Executor speakers) {
    this.stream = new SpokenStream<>(responses, speakers);
    this.sessions = sessions;
  }

  @Override
  public void onNext(TextChunk chunk) {
    Optional<CallCommand> command =
        chunk.hasControl() ? Optional.of(command(chunk)) : Optional.empty();
    CallTask running = task.orElseGet(() -> open(chunk));
    running.call().appendText(chunk.getText());
    command.ifPresent(running::control);
    if (chunk.getIsFinal()) {
      running.call().endText();
    }
  }

  private CallTask open(TextChunk first) {
    String id = SessionIdHeader.idOr(first.getSessionId());
    CallTask opened = isAlone(first) ? openAlone(id, first) : sessions.openCall(id, this);
    frames = new FrameMapper(opened.sessionId(), opened.call().format().sampleRateHz());
    var _ = stream.start(opened);
    task = Optional.of(opened);
    return opened;
  }

  private static boolean isAlone(TextChunk first) {
    return first.hasModelId() || first.getOptionsCount() > 0;
  }

  private CallTask openAlone(String id, TextChunk first) {
    try (InterruptOnCancel _ = new InterruptOnCancel()) {
      return sessions.openCall(
          StandaloneCall.ofTts(id, first.getModelId(), first.getOptionsMap()), this);
    }
  }

  private static CallCommand command(TextChunk chunk) {
    ControlCommand command = chunk.getControl();
    return ProtoMapper.callCommand(command)
        .orElseThrow(() -> ProtoMapper.notOfOneCall(command, chunk.getControlValue()));
  }

  @Override
  public void onCompleted() {
    // A call without any chunk has no session, unless its headers name one.
    task.orElseGet(() -> open(TextChunk.getDefaultInstance())).call().endText();
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
  public void send(byte[] pcm, List<WordTiming> words, long sequence, Optional<Ending> end) {
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
