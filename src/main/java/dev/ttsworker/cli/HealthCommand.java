package dev.ttsworker.cli;

import dev.ttsworker.client.CallFailure;
import dev.ttsworker.proto.GetCapabilitiesRequest;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.TTSServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Command `health`: the standard health service, which needs no token, decides; GetCapabilities
/// adds details.
@Command(
    name = "health",
    description =
        "Ask a running worker for its state. Exit codes: 0 serving, 1 not serving, 2 unreachable.",
    mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 15;
  private static final int NOT_SERVING = 1;
  private static final int UNREACHABLE = 2;

  @Mixin private final AddressOption address = new AddressOption();

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    WorkerAddress worker = address.chosen(output);
    ManagedChannel channel = worker.connect(output);
    try {
      return ask(channel, worker, output.out());
    } finally {
      channel.shutdownNow();
    }
  }

  private static int ask(ManagedChannel channel, WorkerAddress worker, PrintWriter out) {
    ServingStatus status;
    try {
      status =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus();
    } catch (StatusRuntimeException e) {
      CallFailure failure = worker.failure(e);
      String what =
          switch (failure.kind()) {
            case UNREACHABLE -> "unreachable: ";
            case NO_CONNECTION -> "no gRPC connection: ";
            case ANSWERED -> "health refused: ";
          };
      out.println(what + worker.target() + ": " + failure.reason());
      return failure.kind() == CallFailure.Kind.ANSWERED ? NOT_SERVING : UNREACHABLE;
    }
    out.println("status: " + status);
    details(channel, worker, out);
    return status == ServingStatus.SERVING ? 0 : NOT_SERVING;
  }

  private static void details(ManagedChannel channel, WorkerAddress worker, PrintWriter out) {
    try {
      GetCapabilitiesResponse capabilities =
          TTSServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
      out.println("state: " + capabilities.getState());
      out.println("reason: " + capabilities.getReason());
      out.println(
          "device: " + capabilities.getDevice() + " (" + capabilities.getDeviceReason() + ")");
      out.println("models: " + String.join(", ", capabilities.getResidentModelsList()));
    } catch (StatusRuntimeException e) {
      boolean unknown = e.getStatus().getCode() == Status.Code.UNAUTHENTICATED;
      boolean without = worker.security().token().isEmpty();
      out.println(
          unknown && without
              ? "device and models: need a token (--token-file)"
              : "device and models: refused: " + worker.failure(e).reason());
    }
  }
}
