package dev.ttsworker.grpc;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.Call;
import dev.ttsworker.session.CallTask;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Responses of one gRPC call that speaks, and the call of a session behind it. gRPC serializes the
/// callbacks.
///
/// @param <A> its responses
public final class SpokenStream<A> {
  private final ServerCallStreamObserver<A> responses;
  private final Executor speakers;
  private volatile Optional<Call> call = Optional.empty();

  /// @param speakers runs the call on a virtual thread
  public SpokenStream(ServerCallStreamObserver<A> responses, Executor speakers) {
    this.responses = responses;
    this.speakers = speakers;
    // Ready only while the transport's buffer is empty: buffered frames would still leave after
    // PAUSE was acknowledged.
    responses.setOnReadyThreshold(1);
    responses.setOnCancelHandler(this::onCallerGone);
    responses.setOnReadyHandler(() -> call.ifPresent(Call::onReceiverReady));
  }

  /// Starts the call; its frames may come from now on.
  public Call start(CallTask opened) {
    call = Optional.of(opened.call());
    opened.speakOn(speakers);
    return opened.call();
  }

  /// The call; empty before [#start].
  public Optional<Call> call() {
    return call;
  }

  /// The caller has cancelled the call or is gone.
  public void onCallerGone() {
    call.ifPresent(Call::onCallerGone);
  }

  public boolean isReady() {
    return responses.isReady();
  }

  /// Sends a response, unless the caller is gone.
  public void send(A response) {
    if (!responses.isCancelled()) {
      responses.onNext(response);
    }
  }

  public void complete() {
    if (!responses.isCancelled()) {
      responses.onCompleted();
    }
  }

  /// As [#fail], and stops the call, from within one of its frames.
  public void refuse(WorkerException failure) {
    fail(failure);
    speakers.execute(this::onCallerGone);
  }

  public void fail(WorkerException failure) {
    if (!responses.isCancelled()) {
      responses.onError(Statuses.of(failure));
    }
  }
}
