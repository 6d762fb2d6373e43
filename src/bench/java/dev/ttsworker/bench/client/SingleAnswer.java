package dev.ttsworker.bench.client;

import dev.ttsworker.client.CallFailure;
import dev.ttsworker.client.Security;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/// Passes the one message of a unary call on.
final class SingleAnswer<M, T> implements StreamObserver<M> {
  private final Answer<T> answer;
  private final Function<M, T> value;
  private final Security security;

  SingleAnswer(Answer<T> answer, Function<M, T> value, Security security) {
    this.answer = answer;
    this.value = value;
    this.security = security;
  }

  @Override
  public void onNext(M message) {
    answer.given(value.apply(message));
  }

  @Override
  public void onError(Throwable failure) {
    answer.failed(CallFailure.of(failure, security).reason());
  }

  @Override
  public void onCompleted() {}
}
