package dev.ttsworker.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Set;

/// Server interceptor that lets methods pass which clients call without their token; for all others
/// another one decides.
final class OpenMethods implements ServerInterceptor {
  private static final Set<String> OPEN =
      Set.of("nvidia.riva.tts.RivaSpeechSynthesis/GetRivaSynthesisConfig");

  private final ServerInterceptor check;

  OpenMethods(ServerInterceptor check) {
    this.check = check;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return OPEN.contains(call.getMethodDescriptor().getFullMethodName())
        ? next.startCall(call, headers)
        : check.interceptCall(call, headers, next);
  }
}
