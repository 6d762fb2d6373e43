package dev.ttsworker.cli;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.SmallFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Failure output: one sentence, never a stack trace.
final class FailurePrinter implements IExecutionExceptionHandler {
  private static final String OWN_CODE = "dev.ttsworker.";

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return print(failure, command.getErr());
  }

  /// Prints the failure of a command.
  ///
  /// @return the exit code
  static int print(Throwable failure, PrintWriter err) {
    err.println("tts-worker: " + sentence(failure));
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /// The failure in words; several lines when it has several reasons.
  static String sentence(Throwable failure) {
    return switch (failure) {
      case WorkerException expected -> expected.getMessage();
      case UncheckedIOException wrapped -> ofFile(Objects.requireNonNull(wrapped.getCause()));
      case IOException ofFile -> ofFile(ofFile);
      case InterruptedException _ -> "interrupted";
      default -> "internal error: " + failure + place(failure);
    };
  }

  private static String ofFile(IOException failure) {
    return failure instanceof FileSystemException named && named.getFile() != null
        ? named.getFile() + ": " + SmallFile.reason(failure)
        : SmallFile.reason(failure);
  }

  /// Where in this worker it was thrown, which is what a report of it needs most.
  private static String place(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith(OWN_CODE))
        .findFirst()
        .map(frame -> ", at " + frame)
        .orElse("");
  }
}
