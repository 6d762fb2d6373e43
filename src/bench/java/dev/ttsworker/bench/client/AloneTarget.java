package dev.ttsworker.bench.client;

import dev.ttsworker.client.Security;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.Map;

/// Workers behind a balancer, over one connection to it: each call of `tts.TTSService` stands
/// alone, so that any worker may speak it.
final class AloneTarget implements SpeechTarget {
  private final Security security;
  private final ManagedChannel channel;
  private final TTSServiceGrpc.TTSServiceStub stub;

  /// Connects when it is first used.
  ///
  /// @param address `host:port`
  /// @throws dev.ttsworker.error.WorkerException when a file of `security` cannot be used
  AloneTarget(String address, Security security) {
    this.security = security;
    // Listeners take the time on the thread that reads the wire.
    this.channel = security.channel(address).directExecutor().build();
    this.stub = TTSServiceGrpc.newStub(channel);
  }

  @Override
  public SpeechStream open() {
    return new Conversation(Map.of());
  }

  @Override
  public SpeechStream openUnpaced() {
    return new Conversation(GrpcTarget.LONGEST_LEAD);
  }

  /// Calls that have nothing in common but their options.
  private final class Conversation implements SpeechStream {
    private final Map<String, String> options;

    Conversation(Map<String, String> options) {
      this.options = options;
    }

    @Override
    public SpeechCall speak(String text, SpeechListener listener) {
      GrpcCall<TextChunk, AudioFrame> call = new GrpcCall<>(listener, security, GrpcStream::pass);
      StreamObserver<TextChunk> request = stub.synthesize(call);
      request.onNext(
          TextChunk.newBuilder()
              .setModelId("")
              .putAllOptions(options)
              .setText(text)
              .setIsFinal(true)
              .build());
      request.onCompleted();
      return call;
    }

    /// Nothing is left of a call that has ended.
    @Override
    public void close() {}
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
