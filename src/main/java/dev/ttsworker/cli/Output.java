package dev.ttsworker.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where the command that mixes this in prints.
@Command // picocli takes no mixin without an annotation of its own
final class Output {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  PrintWriter out() {
    return Objects.requireNonNull(command).commandLine().getOut();
  }

  PrintWriter err() {
    return Objects.requireNonNull(command).commandLine().getErr();
  }

  /// A wrong command line: the caller throws it, usage is printed, and the exit code is 2.
  ParameterException misuse(String message) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
  }

  ParameterException misuse(String option, String value, String allowed) {
    return misuse(option + " " + value + " is not allowed; allowed: " + allowed);
  }
}
