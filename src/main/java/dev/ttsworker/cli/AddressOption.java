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

  /// Refuses options that are wrong or do not go together.
  ///
  /// @throws picocli.CommandLine.ParameterException naming option, value and what is allowed
  void check(Output output) {
    if (address != null && port != null) {
      throw output.misuse("--addr and --port exclude each other");
    }
    if (port != null && !Addresses.isPort(port)) {
      throw output.misuse("--port", Integer.toString(port), "1 to 65535");
    }
    if (!Addresses.isHostAndPort(target())) {
      throw output.misuse("--addr", target(), "HOST:PORT or grpc://HOST:PORT");
    }
    security.check(output);
  }

  /// As [#check], for a command that works without a running worker too.
  void checkOptional(Output output) {
    if (isGiven()) {
      check(output);
    } else if (security.isGiven()) {
      throw output.misuse(SecurityOptions.NAMES + " go with --addr or --port");
    }
  }

  String target() {
    if (address != null) {
      return address.startsWith(SCHEME) ? address.substring(SCHEME.length()) : address;
    }
    return "localhost:" + (port == null ? 7001 : port);
  }

  /// The caller shuts the channel down.
  ///
  /// @throws picocli.CommandLine.ParameterException as [#check], and when a file of the options
  ///   cannot be used
  ManagedChannel connect(Output output) {
    check(output);
    return security.connect(target(), output);
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
