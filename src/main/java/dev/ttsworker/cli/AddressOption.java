package dev.ttsworker.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Option `--addr`: which running worker a command talks to.
final class AddressOption {
  @Option(
      names = "--addr",
      paramLabel = "HOST:PORT",
      description = "Address of the worker; default localhost:7001.")
  private @Nullable String address;

  @Option(names = "--port", paramLabel = "PORT", description = "Short for --addr localhost:PORT.")
  private @Nullable Integer port;

  @Mixin private final SecurityOptions security = new SecurityOptions();

  /// @throws picocli.CommandLine.ParameterException naming option, value and what is allowed
  WorkerAddress chosen(Output output) {
    return WorkerAddress.of(address, port, security, output);
  }
}
