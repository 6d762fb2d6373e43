package dev.ttsworker.bench.client;

import dev.ttsworker.client.Security;
import dev.ttsworker.proto.riva.AudioEncoding;
import dev.ttsworker.proto.riva.RivaSpeechSynthesisGrpc;
import dev.ttsworker.proto.riva.SynthesizeSpeechRequest;
import dev.ttsworker.proto.riva.SynthesizeSpeechResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;

/// A server that speaks NVIDIA Riva, over one connection. A conversation needs nothing of it.
final class RivaTarget implements SpeechTarget {
  private static final int RATE_HZ = 48_000;

  private final Security security;
  private final ManagedChannel channel;
  private final RivaSpeechSynthesisGrpc.RivaSpeechSynthesisStub stub;

  /// Connects when it is first used.
  ///
  /// @param address `host:port`
  RivaTarget(String address, Security security) {
    this.security = security;
    // Listeners take the time on the thread that reads the wire.
    this.channel = security.channel(address).directExecutor().build();
    this.stub = RivaSpeechSynthesisGrpc.newStub(channel);
  }

  @Override
  public SpeechStream open() {
    return new SpeechStream() {
      @Override
      public SpeechCall speak(String text, SpeechListener listener) {
        return RivaTarget.this.speak(text, listener);
      }

      @Override
      public void close() {}
    };
  }

  private SpeechCall speak(String text, SpeechListener listener) {
    GrpcCall<SynthesizeSpeechRequest, SynthesizeSpeechResponse> call =
        new GrpcCall<>(listener, security, RivaTarget::pass);
    StreamObserver<SynthesizeSpeechRequest> request = stub.synthesizeOnline(call);
    request.onNext(
        SynthesizeSpeechRequest.newBuilder()
            .setText(text)
            .setEncoding(AudioEncoding.LINEAR_PCM)
            .setSampleRateHz(RATE_HZ)
            .build());
    request.onCompleted();
    return call;
  }

  private static void pass(SynthesizeSpeechResponse response, SpeechListener listener) {
    if (!response.getAudio().isEmpty()) {
      listener.audio(response.getAudio().toByteArray(), RATE_HZ);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
