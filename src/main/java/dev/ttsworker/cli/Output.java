package dev.ttsworker.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Output of the command that mixes this in.
@Command // picocli takes no mixin without an annotation of its own
public final class Output {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  public PrintWriter out() {
    return Objects.requireNonNull(command).commandLine().getOut();
  }

  public PrintWriter err() {
    return Objects.requireNonNull(command).commandLine().getErr();
  }

  /// A wrong command line: the caller throws it, usage is printed, and the exit code is 2.
  public ParameterException misuse(String message) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
  }

  /// Refuses a file to read that is not there or cannot be read; nothing given is fine.
  public void checkReadable(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    // Not the opposite of exists: in a folder that may not be searched nobody knows.
    if (Files.notExists(file)) {
      throw misuse(option + " " + file + ": file not found");
    }
    if (Files.isDirectory(file)) {
      throw misuse(option + " " + file + ": is a folder; allowed: a file");
    }
    if (!Files.isReadable(file)) {
      throw misuse(option + " " + file + ": permission denied");
    }
  }

  /// Refuses a file that cannot be written, before anybody works for it; nothing given is fine.
  public void checkWritable(String option, @Nullable Path file) {
    if (file != null) {
      @Nullable Path folder = file.toAbsolutePath().getParent();
      boolean writable =
          folder != null
              && !Files.isDirectory(file)
              && (Files.exists(file) ? Files.isWritable(file) : Files.isWritable(folder));
      if (!writable) {
        throw misuse(option, file.toString(), "a file in a folder that can be written to");
      }
    }
  }

  public ParameterException misuse(String option, String value, String allowed) {
    return misuse(option + " " + value + " is not allowed; allowed: " + allowed);
  }
}
