package dev.ttsworker.bench.client;

import dev.ttsworker.client.Security;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.ControlRequest;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.EndSessionResponse;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One session of a worker.
public final class GrpcStream implements SpeechStream {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final TTSServiceGrpc.TTSServiceStub stub;
  private final String session;
  private final Security security;

  GrpcStream(TTSServiceGrpc.TTSServiceStub stub, String session, Security security) {
    this.stub = stub;
    this.session = session;
    this.security = security;
  }

  @Override
  public SpeechCall speak(String text, SpeechListener listener) {
    GrpcCall<TextChunk, AudioFrame> call = new GrpcCall<>(listener, security, GrpcStream::pass);
    StreamObserver<TextChunk> request = stub.synthesize(call);
    request.onNext(
        TextChunk.newBuilder().setSessionId(session).setText(text).setIsFinal(true).build());
    request.onCompleted();
    return call;
  }

  static void pass(AudioFrame frame, SpeechListener listener) {
    if (!frame.getAudioData().isEmpty()) {
      listener.audio(frame.getAudioData().toByteArray(), frame.getSampleRate());
    }
  }

  /// Interrupts the running call, or lets it go on.
  ///
  /// @param answer hears the server's own time of the answer, in milliseconds since the Unix epoch
  public void control(StreamCommand command, Answer<Long> answer) {
    ControlRequest request =
        ControlRequest.newBuilder().setSessionId(session).setCommand(wire(command)).build();
    Answer<ControlOutcome> outcome =
        new Answer<>() {
          @Override
          public void given(ControlOutcome told) {
            if (told.success()) {
              answer.given(told.timestampMs());
            } else {
              answer.failed(told.message());
            }
          }

          @Override
          public void failed(String reason) {
            answer.failed(reason);
          }
        };
    stub.control(
        request,
        new SingleAnswer<>(
            outcome,
            told -> new ControlOutcome(told.getSuccess(), told.getMessage(), told.getTimestampMs()),
            security));
  }

  private record ControlOutcome(boolean success, String message, long timestampMs) {}

  private static ControlCommand wire(StreamCommand command) {
    return switch (command) {
      case PAUSE -> ControlCommand.PAUSE;
      case RESUME -> ControlCommand.RESUME;
      case STOP -> ControlCommand.STOP;
    };
  }

  /// Waits a moment for the server, so that the load of one run does not reach into the next.
  @Override
  public void close() {
    CountDownLatch ended = new CountDownLatch(1);
    stub.withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .endSession(
            EndSessionRequest.newBuilder().setSessionId(session).build(), new Release(ended));
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Opens the latch whichever way the call ends; a session that cannot be ended is the server's.
  private record Release(CountDownLatch latch) implements StreamObserver<EndSessionResponse> {
    @Override
    public void onNext(EndSessionResponse answer) {}

    @Override
    public void onError(Throwable failure) {
      latch.countDown();
    }

    @Override
    public void onCompleted() {
      latch.countDown();
    }
  }
}
