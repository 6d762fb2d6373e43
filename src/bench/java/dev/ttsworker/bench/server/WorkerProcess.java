package dev.ttsworker.bench.server;

import dev.ttsworker.bench.client.GrpcTarget;
import dev.ttsworker.client.Security;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A worker of this build as a child process, on a free port of the loopback interface.
///
/// @param threads makes the thread that ends the child when this process is told to end
public record WorkerProcess(String name, JavaCommand command, ThreadFactory threads)
    implements ServerSource {
  private static final Pattern LISTENING = Pattern.compile("gRPC server listening on port (\\d+)");

  /// Long enough to install the default voice.
  private static final Duration STARTING = Duration.ofMinutes(5);

  private static final Duration STOPPING = Duration.ofSeconds(30);
  private static final long POLL_MS = 50;

  /// Starts it and waits until it is SERVING.
  @Override
  public RunningServer start() throws InterruptedException {
    Path log = temporaryFile();
    Process process = launch(log);
    Thread atExit = threads.newThread(process::destroy);
    Runtime.getRuntime().addShutdownHook(atExit);
    Runnable stop =
        () -> {
          stop(process, log);
          Runtime.getRuntime().removeShutdownHook(atExit);
        };
    try {
      long deadline = System.nanoTime() + STARTING.toNanos();
      String address = "127.0.0.1:" + awaitPort(process, log, deadline);
      GrpcTarget target = new GrpcTarget(address, Security.NONE);
      awaitServing(target, process, log, deadline);
      return new RunningServer(address, target, new ProcessUsage(process.pid()), stop);
    } catch (WorkerException | InterruptedException e) {
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(atExit);
      throw e;
    }
  }

  private Path temporaryFile() {
    try {
      return Files.createTempFile("tts-worker-bench-" + name + "-", ".log");
    } catch (IOException e) {
      throw new WorkerException(ErrorCode.INTERNAL, "No log file for " + name + ": " + e, e);
    }
  }

  private Process launch(Path log) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command.line()).redirectErrorStream(true).redirectOutput(log.toFile());
      // Its memory and CPU time are asked of the system; its metrics' port may be taken.
      builder.environment().put("METRICS_ENABLED", "false");
      // Nobody sends work to it any more when it is stopped.
      builder.environment().put("DRAIN_GRACE_MS", "0");
      return builder.start();
    } catch (IOException e) {
      throw new WorkerException(ErrorCode.INTERNAL, name + " cannot be started: " + e, e);
    }
  }

  private String awaitPort(Process process, Path log, long deadline) throws InterruptedException {
    Optional<String> port = port(log);
    while (port.isEmpty()) {
      pause(process, log, deadline);
      port = port(log);
    }
    return port.get();
  }

  private Optional<String> port(Path log) {
    try {
      Matcher line = LISTENING.matcher(Files.readString(log));
      return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    } catch (IOException e) {
      throw new WorkerException(ErrorCode.INTERNAL, "The log of " + name + ": " + e, e);
    }
  }

  private void awaitServing(GrpcTarget target, Process process, Path log, long deadline)
      throws InterruptedException {
    try {
      while (!target.isServing()) {
        pause(process, log, deadline);
      }
    } catch (WorkerException | InterruptedException e) {
      target.close();
      throw e;
    }
  }

  private void pause(Process process, Path log, long deadline) throws InterruptedException {
    if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
      throw new WorkerException(
          ErrorCode.INTERNAL,
          name + " ended with exit code " + process.exitValue() + "; its log: " + log);
    }
    if (deadline - System.nanoTime() < 0) {
      throw new WorkerException(
          ErrorCode.INTERNAL,
          name + " was not SERVING after " + STARTING.toSeconds() + " s; its log: " + log);
    }
  }

  private void stop(Process process, Path log) {
    try {
      process.getOutputStream().close();
      if (!command.endsWithInput()) {
        process.destroy();
      }
      if (process.waitFor(STOPPING.toSeconds(), TimeUnit.SECONDS)) {
        Files.deleteIfExists(log);
      } else {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
