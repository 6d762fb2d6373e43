package dev.ttsworker;

import com.google.rpc.ErrorInfo;
import dev.ttsworker.proto.TTSServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Calls whose requests are bytes, valid or not.
final class RawCalls {
  private RawCalls() {}

  static List<MethodDescriptor<?, ?>> methods() {
    Collection<MethodDescriptor<?, ?>> all = TTSServiceGrpc.getServiceDescriptor().getMethods();
    return List.copyOf(all);
  }

  /// Sends `messages` to a method and waits for its end.
  ///
  /// @return the failure, or a status OK
  static Throwable outcome(Channel channel, MethodDescriptor<?, ?> method, byte[]... messages)
      throws InterruptedException {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    StreamObserver<byte[]> answers =
        new StreamObserver<>() {
          @Override
          public void onNext(byte[] answer) {}

          @Override
          public void onError(Throwable failure) {
            end.complete(failure);
          }

          @Override
          public void onCompleted() {
            end.complete(new StatusRuntimeException(Status.OK));
          }
        };
    StreamObserver<byte[]> requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(raw(method), CallOptions.DEFAULT), answers);
    for (byte[] message : messages) {
      requests.onNext(message);
    }
    requests.onCompleted();
    return end.join();
  }

  private static MethodDescriptor<byte[], byte[]> raw(MethodDescriptor<?, ?> method) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(method.getFullMethodName())
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  /// The reason in the failure's ErrorInfo; empty when it has none.
  static String reason(Throwable failure) {
    com.google.rpc.Status details = StatusProto.fromThrowable(failure);
    try {
      return details == null || details.getDetailsCount() == 0
          ? ""
          : details.getDetails(0).unpack(ErrorInfo.class).getReason();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
