package dev.ttsworker.phoneme;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// eSpeak NG in a process of its own, which is started again when a text ends it or keeps it too
/// long. Belongs to one thread.
final class EspeakProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EspeakProcess.class);

  /// How the user's own Java is to run, which may print to standard output; that is taken here.
  private static final Set<String> JAVA_OPTIONS =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private final EspeakFiles files;
  private final Duration patience;
  private volatile Connection connection;

  private EspeakProcess(EspeakFiles files, Duration patience) {
    this.files = files;
    this.patience = patience;
    this.connection = Connection.start(files);
  }

  /// Starts the process, and does not wait until it is ready: see [#awaitReady].
  ///
  /// @param patience how long an answer may take
  static EspeakProcess start(EspeakFiles files, Duration patience) {
    return new EspeakProcess(files, patience);
  }

  /// Waits until the library is loaded.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION` when it cannot be used
  void awaitReady() {
    try {
      connection.readAnswer(patience);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /// Phonemes of `text`, clause by clause.
  ///
  /// @param voice as checked by [EspeakPool#forVoice]
  /// @param text a piece of [EspeakText]; empty only tries the voice
  /// @throws WorkerException `INVALID_VOICEPACK` when there is no such voice, `INTERNAL` when the
  ///   text ended the process or took longer than the patience, twice
  List<EspeakCopy.Clause> clauses(String voice, String text) {
    try {
      return connection.ask(voice, text, patience);
    } catch (IOException ended) {
      log.warn("eSpeak NG ended or hung while it read a text, and is started again");
      restart();
    }
    try {
      return connection.ask(voice, text, patience);
    } catch (IOException endedAgain) {
      restart();
      throw new WorkerException(
          ErrorCode.INTERNAL, "eSpeak NG cannot read a text in " + voice, endedAgain);
    }
  }

  Process process() {
    return connection.process();
  }

  private void restart() {
    connection.close();
    connection = Connection.start(files);
    awaitReady();
  }

  @Override
  public void close() {
    connection.close();
  }

  private static WorkerException unusable(IOException cause) {
    return new WorkerException(
        ErrorCode.INVALID_CONFIGURATION, "eSpeak NG's process ended or hung at its start", cause);
  }

  /// One process and the streams to it.
  private record Connection(Process process, DataOutputStream requests, DataInputStream answers)
      implements AutoCloseable {
    static Connection start(EspeakFiles files) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:-CreateCoredumpOnCrash",
                  "-XX:+ErrorFileToStderr",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  EspeakServer.class.getName(),
                  files.library().toString()));
      files.data().ifPresent(data -> command.add(data.toString()));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().keySet().removeAll(JAVA_OPTIONS);
      try {
        Process process = builder.start();
        return new Connection(
            process,
            new DataOutputStream(new BufferedOutputStream(process.getOutputStream())),
            new DataInputStream(new BufferedInputStream(process.getInputStream())));
      } catch (IOException e) {
        throw unusable(e);
      }
    }

    List<EspeakCopy.Clause> ask(String voice, String text, Duration patience) throws IOException {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      requests.writeUTF(voice);
      requests.writeInt(utf8.length);
      requests.write(utf8);
      requests.flush();
      return readAnswer(patience);
    }

    /// Reads the next answer; a process that takes too long for it is ended.
    List<EspeakCopy.Clause> readAnswer(Duration patience) throws IOException {
      CompletableFuture<Void> answered = new CompletableFuture<>();
      var _ =
          answered
              .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete((_, late) -> endIf(late != null));
      try {
        return readAnswer();
      } finally {
        answered.complete(null);
      }
    }

    private void endIf(boolean late) {
      if (late) {
        close();
      }
    }

    private List<EspeakCopy.Clause> readAnswer() throws IOException {
      if (answers.readByte() == EspeakServer.FAILED) {
        ErrorCode code = ErrorCode.valueOf(answers.readUTF());
        throw new WorkerException(code, answers.readUTF());
      }
      List<EspeakCopy.Clause> clauses = new ArrayList<>();
      for (int count = answers.readInt(); count > 0; count--) {
        String phonemes = new String(answers.readNBytes(answers.readInt()), StandardCharsets.UTF_8);
        clauses.add(new EspeakCopy.Clause(phonemes, answers.readInt()));
      }
      return clauses;
    }

    /// Ends the process; it holds nothing that would be lost.
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
