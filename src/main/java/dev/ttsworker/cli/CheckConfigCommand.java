package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.reader.ConfigCheck;
import dev.ttsworker.config.reader.ConfigProblem;
import dev.ttsworker.config.reader.EffectiveConfig;
import dev.ttsworker.config.reader.Overrides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Command `check-config`: checks a configuration without starting anything.
@Command(
    name = "check-config",
    description =
        "Check a worker.yaml, the environment and the files that they name; print what is in effect and"
            + " whether serve starts with it. Exit codes: 0 it does, 1 it does not.",
    mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "Same as --config.")
  private @Nullable Path file;

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    Installation installation = Installation.current();
    Optional<Path> source =
        file == null ? config.file(installation) : Optional.of(file.toAbsolutePath());
    ConfigCheck check = ConfigOption.loader(installation).check(source, Overrides.none());
    List<String> problems =
        new ArrayList<>(check.problems().stream().map(ConfigProblem::describe).toList());
    List<String> warnings = new ArrayList<>();
    check
        .config()
        .ifPresent(effective -> {
          EffectiveConfig.lines(effective).forEach(output.out()::println);
          StartCheck start = StartCheck.of(effective, installation);
          problems.addAll(start.problems());
          warnings.addAll(start.warnings());
        });
    output.out().flush();
    problems.forEach(output.err()::println);
    warnings.forEach(warning -> output.err().println("warning: " + warning));
    output.err().flush();
    output.out().println(verdict(problems.size(), warnings.size()));
    return problems.isEmpty() ? 0 : 1;
  }

  private static String verdict(int problems, int warnings) {
    if (problems > 0) {
      return counted(problems, "problem") + ": serve does not start with this configuration";
    }
    return "OK: serve starts with this configuration"
        + (warnings == 0 ? "" : ", with " + counted(warnings, "warning"));
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
