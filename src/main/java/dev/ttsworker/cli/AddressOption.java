package dev.ttsworker.cli;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which running worker a command talks to.
final class AddressOption {
  private static final String SCHEME = "grpc://";

  @Option(
      names = "--addr",
      paramLabel = "HOST:PORT",
      description = "Address of the worker; default localhost:7001.")
  private @Nullable String address;

  @Option(names = "--port", paramLabel = "PORT", description = "Short for --addr localhost:PORT.")
  private @Nullable Integer port;

  @Mixin private final SecurityOptions security = new SecurityOptions();

  boolean isGiven() {
    return address != null || port != null;
  }

  String target() {
    if (address != null) {
      return address.startsWith(SCHEME) ? address.substring(SCHEME.length()) : address;
    }
    return "localhost:" + (port == null ? 7001 : port);
  }

  /// The caller shuts the channel down.
  ///
  /// @throws dev.ttsworker.error.WorkerException when a file of the options cannot be used
  ManagedChannel connect() {
    return security.connect(target());
  }

  /// What a failed call to the worker is told as, on one line.
  String describe(Status status) {
    String reason = status.getDescription() == null ? "" : ": " + status.getDescription();
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    String cause = root == null ? "" : ": " + root.getMessage();
    return target() + ": " + status.getCode() + reason + cause;
  }
}
