package dev.ttsworker.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Option `--addr` of `say`: the running worker that speaks in place of this process.
final class OptionalAddress {
  @Option(
      names = "--addr",
      paramLabel = "HOST:PORT",
      description = "Address of a running worker that speaks; default: this process speaks.")
  private @Nullable String address;

  @Option(names = "--port", paramLabel = "PORT", description = "Short for --addr localhost:PORT.")
  private @Nullable Integer port;

  @Mixin private final SecurityOptions security = new SecurityOptions();

  /// Empty when no worker was named.
  ///
  /// @throws picocli.CommandLine.ParameterException naming option, value and what is allowed
  Optional<WorkerAddress> chosen(Output output) {
    if (address == null && port == null) {
      if (security.isGiven()) {
        throw output.misuse(SecurityOptions.NAMES + " go with --addr or --port");
      }
      return Optional.empty();
    }
    return Optional.of(WorkerAddress.of(address, port, security, output));
  }
}
