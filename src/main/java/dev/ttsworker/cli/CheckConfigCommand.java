package dev.ttsworker.cli;

import dev.ttsworker.Installation;
import dev.ttsworker.config.reader.ConfigCheck;
import dev.ttsworker.config.reader.ConfigProblem;
import dev.ttsworker.config.reader.EffectiveConfig;
import dev.ttsworker.config.reader.Overrides;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Checks a configuration without starting anything.
@Command(
    name = "check-config",
    description = "Check a worker.yaml and the environment; print what is in effect.",
    mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "As --config.")
  private @Nullable Path file;

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    Installation installation = Installation.current();
    Optional<Path> source =
        file == null ? config.file(installation) : Optional.of(file.toAbsolutePath());
    ConfigCheck check = ConfigOption.loader(installation).check(source, Overrides.none());
    PrintWriter out = output.out();
    PrintWriter err = output.err();
    check.problems().stream().map(ConfigProblem::describe).forEach(err::println);
    check
        .config()
        .ifPresent(effective -> {
          EffectiveConfig.lines(effective).forEach(out::println);
          effective.warnings().forEach(warning -> err.println("warning: " + warning));
        });
    return check.config().isPresent() ? 0 : 1;
  }
}
