package dev.ttsworker.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Command `preflight`: runs `scripts/preflight-check.sh`.
@Command(
    name = "preflight",
    description = "Check whether a worker can start here: configuration, ports, voices, disk, GPU.",
    mixinStandardHelpOptions = true)
final class PreflightCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "worker.yaml to look at; default: configs/worker.yaml beside the worker.")
  private @Nullable Path config;

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "Same as --config.")
  private @Nullable Path file;

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws InterruptedException {
    if (config != null && file != null) {
      throw output.misuse("FILE and --config exclude each other");
    }
    Path chosen = config == null ? file : config;
    return Script.run(
        "sh",
        "preflight-check.sh",
        chosen == null ? List.of() : List.of(chosen.toAbsolutePath().toString()));
  }
}
