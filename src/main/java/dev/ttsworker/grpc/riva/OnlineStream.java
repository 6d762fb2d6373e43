package dev.ttsworker.grpc.riva;

import com.google.protobuf.UnsafeByteOperations;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.SpokenStream;
import dev.ttsworker.proto.riva.SynthesizeSpeechRequest;
import dev.ttsworker.proto.riva.SynthesizeSpeechResponse;
import dev.ttsworker.session.Call;
import dev.ttsworker.session.CallTask;
import dev.ttsworker.session.Ending;
import dev.ttsworker.session.FrameReceiver;
import dev.ttsworker.session.SessionManager;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Stream observer of one SynthesizeOnline call. Its settings are those of the first message; a
/// stream without any message ends without audio.
final class OnlineStream implements StreamObserver<SynthesizeSpeechRequest>, FrameReceiver {
  private final SpokenStream<SynthesizeSpeechResponse> stream;
  private final SessionManager sessions;
  private final RivaSettings settings;
  private final SourceSlices source = new SourceSlices();
  private volatile ResponseMapper responses = ResponseMapper.NONE;
  private final LeadingMarks marks = new LeadingMarks();

  OnlineStream(
      ServerCallStreamObserver<SynthesizeSpeechResponse> responses,
      SessionManager sessions,
      RivaSettings settings,
      Executor speakers) {
    this.stream = new SpokenStream<>(responses, speakers);
    this.sessions = sessions;
    this.settings = settings;
  }

  @Override
  public void onNext(SynthesizeSpeechRequest request) {
    Call running = stream.call().orElseGet(() -> open(request));
    running.appendText(marks.pass(source.add(request.getText())));
  }

  private Call open(SynthesizeSpeechRequest request) {
    CallTask opened = sessions.openCall(settings.call(request), this);
    responses = new ResponseMapper(request, source, opened.call().format().sampleRateHz());
    return stream.start(opened);
  }

  @Override
  public void onCompleted() {
    stream.call().ifPresentOrElse(Call::endText, stream::complete);
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
  public void send(byte[] audio, List<WordTiming> words, long sequence, Optional<Ending> end) {
    if (audio.length > 0) {
      stream.send(responses.response(UnsafeByteOperations.unsafeWrap(audio), words));
    }
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
