package dev.ttsworker.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// `scripts/test-connection.py` as a command; it takes that script's arguments.
@Command(
    name = "test-connection",
    description = {
      "Talk to a running worker as a client does, step by step, and to Redis when configured.",
      "Needs python3 with grpcio; --help tells its arguments."
    })
final class TestConnectionCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    return Script.run("python3", "test-connection.py", arguments);
  }
}
