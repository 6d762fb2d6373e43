package dev.ttsworker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A worker started by its packaged command, in a process of its own, that has become SERVING.
public final class ServingProcess implements AutoCloseable {
  private static final Path APP = Path.of("target/tts-worker").toAbsolutePath();
  private static final Set<String> INHERITED = Set.of("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH");
  private static final List<String> WITH_ALL_SIGNALS = withAllSignals();
  private static final Pattern LISTENING = Pattern.compile("gRPC server listening on port (\\d+)");

  private final Process process;
  private final BufferedReader reader;
  private final StringBuilder log = new StringBuilder();
  private String port = "";

  private ServingProcess(Process process) throws IOException {
    this.process = process;
    this.reader = process.inputReader();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      log.append(line).append('\n');
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        port = listening.group(1);
      }
      if (line.contains("Model loaded successfully")) {
        return;
      }
    }
    throw new AssertionError("The worker ended: " + log);
  }

  /// Starts one and waits until its model is loaded.
  public static ServingProcess start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    try {
      return new ServingProcess(process);
    } catch (IOException | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /// A configuration on a free port of this machine, with the test tone as its only voice.
  ///
  /// @param drainMillis `worker.drain_ms`
  public static Path toneOnly(Path folder, long drainMillis) throws IOException {
    return Files.write(
        folder.resolve("worker.yaml"),
        List.of(
            "worker: {grpc_host: localhost, grpc_port: 0, drain_ms: " + drainMillis + "}",
            "model_manager: {default_model_id: mock-440hz, fallback_model_id: mock-440hz}",
            "voicepacks: {auto_install: false}",
            "metrics: {enabled: false}"));
  }

  /// The packaged folder.
  static Path app() {
    return APP;
  }

  /// The packaged command, with the Java of this test, in the working folder `folder`. Settings and
  /// signals that are ignored stay behind: the test must not depend on who started it.
  public static ProcessBuilder command(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(WITH_ALL_SIGNALS);
    command.add(APP.resolve("tts-worker").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(Map.of("TTS_JAVA_HOME", System.getProperty("java.home")));
    return builder;
  }

  /// What runs a command with no signal ignored: scripts and `nohup` ignore some, for all that they
  /// start. Python where `env` is too old.
  private static List<String> withAllSignals() {
    List<String> env = List.of("env", "--default-signal=HUP,INT,QUIT,TERM");
    List<String> python =
        List.of(
            "python3",
            "-c",
            """
            import os, signal, sys
            for s in (1, 2, 3, 15): signal.signal(s, signal.SIG_DFL)
            os.execvp(sys.argv[1], sys.argv[1:])
            """);
    return Stream.of(env, python)
        .filter(ServingProcess::works)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No env with --default-signal and no python3"));
  }

  private static boolean works(List<String> command) {
    List<String> line = new ArrayList<>(command);
    line.add("true");
    try {
      return new ProcessBuilder(line).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public String port() {
    return port;
  }

  public String address() {
    return "localhost:" + port;
  }

  /// Sends a signal, such as `TERM`.
  public void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("The worker is gone: " + log);
    }
  }

  /// Waits for the end of the process, with its log.
  public int exitCode() throws InterruptedException {
    reader.lines().forEach(line -> log.append(line).append('\n'));
    return process.waitFor();
  }

  /// What has been read of its log.
  public String log() {
    return log.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
