package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Printable;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Run of a package manager in a folder of its own. Used once, by one thread.
final class PackageRun {
  /// This way of calling it does not exist here; another may.
  static final class UnusableCommand extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    UnusableCommand(String reason) {
      super(reason);
    }

    /// Never null.
    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  private static final int POLL_MILLIS = 250;
  private static final int SHELL_NOT_EXECUTABLE = 126;
  private static final int SHELL_NOT_FOUND = 127;
  private static final int MAX_REASON_CHARS = 600;

  /// pip calls a package index that it does not trust or reach no error, and then finds nothing.
  private static final Pattern ERROR = Pattern.compile("ERROR|Could not fetch URL|npm (ERR|error)");

  private final String tool;
  private final Path work;
  private final Path log;
  private final Duration limit;
  private final InstallProgress progress;
  private long reportedBytes;

  /// @param tool its name, for messages
  PackageRun(String tool, Path work, Duration limit, InstallProgress progress) {
    this.tool = tool;
    this.work = work;
    this.log = work.resolve(tool + ".log");
    this.limit = limit;
    this.progress = progress;
  }

  /// Runs it to its end. An interrupt ends it and all it started.
  ///
  /// @throws UnusableCommand when there is no such program, or no pip in it
  /// @throws IOException when it fails or takes too long; the message holds what it said last
  void run(List<String> command, List<String> arguments) throws IOException, UnusableCommand {
    Process process = start(command, arguments);
    try {
      process.getOutputStream().close();
      int status = await(process);
      if (status != 0) {
        fail(status);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// Works in its own folder, so that neither `python3 -m` finds modules in the caller's folder nor
  /// temporary files land on another, perhaps read-only or small, disk.
  private Process start(List<String> command, List<String> arguments) throws UnusableCommand {
    List<String> line = new ArrayList<>(command);
    line.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("TMPDIR", work.toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UnusableCommand("no such program");
    }
  }

  private int await(Process process) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        report();
        if (System.nanoTime() - deadline > 0) {
          throw new IOException(tool + " took longer than " + limit.toSeconds() + " s");
        }
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /// Package managers report no progress that a program could read; the size of the largest file it
  /// has written does.
  private void report() {
    try (Stream<Path> files = Files.walk(work)) {
      long largest =
          files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).max().orElse(0);
      if (largest > reportedBytes) {
        progress.advanced(largest - reportedBytes);
        reportedBytes = largest;
      }
    } catch (IOException | UncheckedIOException e) {
      // A temporary file vanished while it was looked at; the next look will do.
      return;
    }
  }

  private void fail(int status) throws IOException, UnusableCommand {
    String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    if (status == SHELL_NOT_FOUND || status == SHELL_NOT_EXECUTABLE) {
      throw new UnusableCommand("cannot be run (exit " + status + ")");
    }
    if (said.contains("No module named pip")) {
      throw new UnusableCommand("No module named pip");
    }
    throw new IOException(tool + " failed with exit " + status + ": " + lastWords(said));
  }

  private static String lastWords(String said) {
    List<String> errors = said.lines().filter(line -> ERROR.matcher(line).lookingAt()).toList();
    String text = errors.isEmpty() ? said : String.join(" ", errors);
    String clean = Printable.printable(Printable.withoutCredentials(text), Integer.MAX_VALUE - 1);
    int start = Math.max(0, clean.length() - MAX_REASON_CHARS);
    return clean.isEmpty()
        ? "it said nothing"
        : Printable.printable(clean.substring(start), MAX_REASON_CHARS);
  }
}
