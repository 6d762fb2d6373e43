package dev.ttsworker.cli;

import dev.ttsworker.error.WorkerException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Prints an expected failure as its message, and anything else with its stack trace.
final class FailurePrinter implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof WorkerException expected) {
      command.getErr().println("tts-worker: " + expected.getMessage());
    } else {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
