package dev.ttsworker.bench.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import dev.ttsworker.client.CallFailure;
import dev.ttsworker.client.Security;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One call of a method that answers with audio.
///
/// @param <Q> its requests
/// @param <A> its responses
final class GrpcCall<Q, A> implements SpeechCall, ClientResponseObserver<Q, A> {
  private final SpeechListener listener;
  private final Security security;
  private final Sound<A> sound;
  private @Nullable ClientCallStreamObserver<Q> request;

  GrpcCall(SpeechListener listener, Security security, Sound<A> sound) {
    this.listener = listener;
    this.security = security;
    this.sound = sound;
  }

  /// Passes the audio of a response on.
  ///
  /// @param <A> the response
  interface Sound<A> {
    void pass(A response, SpeechListener listener);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> stream) {
    request = stream;
  }

  @Override
  public void cancel() {
    Objects.requireNonNull(request).cancel("The benchmark lets go", null);
  }

  @Override
  public void onNext(A response) {
    sound.pass(response, listener);
  }

  @Override
  public void onError(Throwable failure) {
    String reason = CallFailure.of(failure, security).reason();
    if (Status.fromThrowable(failure).getCode() == Status.Code.RESOURCE_EXHAUSTED) {
      listener.refused(reason, retryAfter(failure));
    } else {
      listener.failed(reason);
    }
  }

  @Override
  public void onCompleted() {
    listener.ended();
  }

  private static Duration retryAfter(Throwable failure) {
    com.google.rpc.@Nullable Status details = StatusProto.fromThrowable(failure);
    if (details == null) {
      return Duration.ZERO;
    }
    try {
      for (Any detail : details.getDetailsList()) {
        if (detail.is(RetryInfo.class)) {
          com.google.protobuf.Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
          return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
        }
      }
      return Duration.ZERO;
    } catch (InvalidProtocolBufferException e) {
      // A server that sends what is no RetryInfo has not said when to come again.
      return Duration.ZERO;
    }
  }
}
