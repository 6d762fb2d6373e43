package dev.ttsworker.grpc;

import dev.ttsworker.proto.TTSServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Fake server call that records what was sent.
final class FakeCall extends ServerCall<InputStream, InputStream> {
  final List<InputStream> messages = new ArrayList<>();
  final List<Status> ends = new ArrayList<>();
  final List<Metadata> trailers = new ArrayList<>();
  private final MethodDescriptor.MethodType type;
  private int headers;

  FakeCall(MethodDescriptor.MethodType type) {
    this.type = type;
  }

  FakeCall() {
    this(MethodDescriptor.MethodType.BIDI_STREAMING);
  }

  int headers() {
    return headers;
  }

  @Override
  public void request(int messages) {}

  @Override
  public void sendHeaders(Metadata sent) {
    headers++;
  }

  @Override
  public void sendMessage(InputStream message) {
    messages.add(message);
  }

  @Override
  public void close(Status status, Metadata last) {
    ends.add(status);
    trailers.add(last);
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public MethodDescriptor<InputStream, InputStream> getMethodDescriptor() {
    return TTSServiceGrpc.getSynthesizeMethod().toBuilder(
            new PassThroughMarshaller(), new PassThroughMarshaller())
        .setType(type)
        .build();
  }
}
