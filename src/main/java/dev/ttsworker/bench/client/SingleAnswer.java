package dev.ttsworker.bench.client;

import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/// Passes the one message of a unary call on.
final class SingleAnswer<M, T> implements StreamObserver<M> {
  private final Answer<T> answer;
  private final Function<M, T> value;

  SingleAnswer(Answer<T> answer, Function<M, T> value) {
    this.answer = answer;
    this.value = value;
  }

  @Override
  public void onNext(M message) {
    answer.given(value.apply(message));
  }

  @Override
  public void onError(Throwable failure) {
    answer.failed(Failures.describe(failure));
  }

  @Override
  public void onCompleted() {}
}
