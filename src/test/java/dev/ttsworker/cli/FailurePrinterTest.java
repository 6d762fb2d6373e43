package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class FailurePrinterTest {
  @Command(name = "failing")
  private static final class Failing implements Callable<Integer> {
    private final Throwable failure;

    private Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  private static String told(Throwable failure) {
    StringWriter errors = new StringWriter();
    CommandLine command =
        new CommandLine(new Failing(failure))
            .setExecutionExceptionHandler(new FailurePrinter())
            .setErr(new PrintWriter(errors));
    assertEquals(1, Commands.execute(command));
    assertEquals(1, errors.toString().lines().count(), errors.toString());
    return errors.toString().strip();
  }

  @Test
  void failureIsOneSentence() {
    assertEquals(
        "tts-worker: no voice", told(new WorkerException(ErrorCode.MODEL_NOT_FOUND, "no voice")));
    assertEquals(
        "tts-worker: /nope/x.wav: no such file", told(new NoSuchFileException("/nope/x.wav")));
    assertEquals(
        "tts-worker: /disk/x.wav: No space left on device",
        told(
            new UncheckedIOException(
                new FileSystemException("/disk/x.wav", null, "No space left on device"))));
    assertEquals("tts-worker: Broken pipe", told(new IOException("Broken pipe")));
    assertEquals("tts-worker: interrupted", told(new InterruptedException()));
  }

  @Test
  void whatNobodyExpectedSaysWhereItHappened() {
    for (Throwable failure :
        new Throwable[] {
          new IllegalStateException("odd"),
          new UnsatisfiedLinkError("odd"),
          new StackOverflowError("odd")
        }) {
      String told = told(failure);
      assertTrue(told.startsWith("tts-worker: internal error: " + failure), told);
      assertTrue(told.contains(", at dev.ttsworker.cli.FailurePrinterTest"), told);
    }
  }
}
