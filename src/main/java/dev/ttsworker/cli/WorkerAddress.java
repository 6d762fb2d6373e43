package dev.ttsworker.cli;

import dev.ttsworker.client.CallFailure;
import dev.ttsworker.client.Security;
import dev.ttsworker.error.WorkerException;
import io.grpc.ManagedChannel;
import org.jspecify.annotations.Nullable;

/// Address of a running worker, and how to connect to it.
///
/// @param target `HOST:PORT`
record WorkerAddress(String target, Security security) {
  private static final String SCHEME = "grpc://";
  private static final int DEFAULT_PORT = 7001;

  /// What the options say.
  ///
  /// @throws picocli.CommandLine.ParameterException naming option, value and what is allowed
  static WorkerAddress of(
      @Nullable String address, @Nullable Integer port, SecurityOptions security, Output output) {
    if (address != null && port != null) {
      throw output.misuse("--addr and --port exclude each other");
    }
    if (port != null && !Addresses.isPort(port)) {
      throw output.misuse("--port", Integer.toString(port), "1 to 65535");
    }
    String target = address == null ? "localhost:" + (port == null ? DEFAULT_PORT : port) : address;
    if (target.startsWith(SCHEME)) {
      target = target.substring(SCHEME.length());
    }
    if (!Addresses.isHostAndPort(target)) {
      throw output.misuse("--addr", target, "HOST:PORT or grpc://HOST:PORT");
    }
    return new WorkerAddress(target, security.chosen(output));
  }

  /// The caller shuts the channel down.
  ///
  /// @throws picocli.CommandLine.ParameterException when a file of the options cannot be used
  ManagedChannel connect(Output output) {
    try {
      return security.channel(target).build();
    } catch (WorkerException e) {
      throw output.misuse(e.getMessage());
    }
  }

  CallFailure failure(Throwable failed) {
    return CallFailure.of(failed, security);
  }

  /// A failed call on one line.
  String describe(Throwable failed) {
    return target + ": " + failure(failed).reason();
  }
}
