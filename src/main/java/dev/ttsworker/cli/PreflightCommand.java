package dev.ttsworker.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `scripts/preflight-check.sh` as a command.
@Command(
    name = "preflight",
    description = "Look whether a worker can start here: configuration, ports, voices, disk, GPU.",
    mixinStandardHelpOptions = true)
final class PreflightCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "worker.yaml to look at; default: configs/worker.yaml beside the worker.")
  private @Nullable Path config;

  @Override
  public Integer call() throws InterruptedException {
    List<String> arguments =
        config == null ? List.of() : List.of(config.toAbsolutePath().toString());
    return Script.run("sh", "preflight-check.sh", arguments);
  }
}
