package dev.ttsworker.cli;

import dev.ttsworker.proto.GetCapabilitiesRequest;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.TTSServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Asks a running worker how it is.
@Command(
    name = "health",
    description = "Ask a running worker for its state. Exit code 0 serving, 1 not, 2 unreachable.",
    mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 3;

  @Mixin private final AddressOption address = new AddressOption();

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    PrintWriter out = output.out();
    ManagedChannel channel = address.connect(output);
    try {
      GetCapabilitiesResponse told =
          TTSServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
      boolean serving = told.getState().equals("SERVING");
      out.println("status: " + (serving ? "SERVING" : "NOT_SERVING"));
      out.println("state: " + told.getState());
      out.println("reason: " + told.getReason());
      out.println("device: " + told.getDevice() + " (" + told.getDeviceReason() + ")");
      out.println("models: " + String.join(", ", told.getResidentModelsList()));
      return serving ? 0 : 1;
    } catch (StatusRuntimeException e) {
      out.println("unreachable: " + address.describe(e.getStatus()));
      return 2;
    } finally {
      channel.shutdownNow();
    }
  }
}
