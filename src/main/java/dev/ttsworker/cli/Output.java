package dev.ttsworker.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
}
