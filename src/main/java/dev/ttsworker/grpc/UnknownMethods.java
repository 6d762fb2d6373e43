package dev.ttsworker.grpc;

import dev.ttsworker.grpc.limits.WireCall;
import dev.ttsworker.grpc.limits.WireCalls;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fallback registry: ends calls of unknown methods, as gRPC itself does, and reports to the wire
/// that they had a handler. They are not counted by method, since clients may invent names.
final class UnknownMethods extends HandlerRegistry {
  private final WireCalls calls;

  UnknownMethods(WireCalls calls) {
    this.calls = calls;
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    MethodDescriptor<InputStream, InputStream> method =
        MethodDescriptor.<InputStream, InputStream>newBuilder()
            .setType(MethodDescriptor.MethodType.UNKNOWN)
            .setFullMethodName(name)
            .setRequestMarshaller(new PassThroughMarshaller())
            .setResponseMarshaller(new PassThroughMarshaller())
            .build();
    return ServerMethodDefinition.create(method, this::end);
  }

  private ServerCall.Listener<InputStream> end(
      ServerCall<InputStream, InputStream> call, Metadata headers) {
    Optional<WireCall> wire = calls.claim(headers);
    wire.ifPresent(WireCall::onHandlerDone);
    call.close(
        Status.UNIMPLEMENTED.withDescription(
            "Method not found: " + call.getMethodDescriptor().getFullMethodName()),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
