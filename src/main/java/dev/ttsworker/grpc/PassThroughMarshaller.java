package dev.ttsworker.grpc;

import io.grpc.MethodDescriptor;
import java.io.InputStream;

/// Pass-through marshaller: messages stay bytes, without a copy, so that [CallGuard] encloses their
/// decoding.
final class PassThroughMarshaller implements MethodDescriptor.Marshaller<InputStream> {
  @Override
  public InputStream stream(InputStream message) {
    return message;
  }

  @Override
  public InputStream parse(InputStream message) {
    return message;
  }
}
