package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Answer;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Kind;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Request;
import dev.ttsworker.error.WorkerException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Main program of the helper process, which isolates eSpeak NG, since some texts crash it. Reads
/// requests from standard input and answers each on standard output, until the input ends, as it
/// does when the worker has ended: see [EspeakProtocol].
final class EspeakServer {
  /// Exit status when a text exceeds the limit of processor time.
  static final int ENDLESS = 3;

  /// The longest part of a text takes less than a tenth of it.
  private static final Duration CPU_LIMIT = Duration.ofSeconds(2);

  private static final Duration CPU_CHECK = Duration.ofMillis(500);

  private final DataInputStream requests;
  private final DataOutputStream answers;
  private final CpuLimit limit;

  EspeakServer(DataInputStream requests, DataOutputStream answers, CpuLimit limit) {
    this.requests = requests;
    this.answers = answers;
    this.limit = limit;
  }

  /// Serves until the input ends.
  ///
  /// @param arguments the library and, unless the system's, its data folder
  public static void main(String[] arguments) throws IOException {
    EspeakFiles files =
        new EspeakFiles(
            Path.of(arguments[0]),
            arguments.length > 1 ? Optional.of(Path.of(arguments[1])) : Optional.empty());
    DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(System.out));
    System.setOut(System.err);
    CpuLimit limit =
        new CpuLimit(
            CpuLimit::ofThisProcess,
            CPU_LIMIT,
            CpuLimit.after(CPU_CHECK),
            () -> Runtime.getRuntime().halt(ENDLESS));
    DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in));
    new EspeakServer(requests, answers, limit).serve(files);
  }

  private void serve(EspeakFiles files) throws IOException {
    try (EspeakLibrary copy = load(files)) {
      Answer.ready().writeTo(answers);
      while (true) {
        answer(Request.readFrom(requests), copy).writeTo(answers);
      }
    } catch (EOFException workerIsGone) {
      // Nobody asks any more.
    } catch (WorkerException e) {
      Answer.unusable(e.getMessage()).writeTo(answers);
    }
  }

  private EspeakLibrary load(EspeakFiles files) {
    try (CpuLimit.Work _ = limit.begin()) {
      ProcessGuards.ignoreGroupSignals();
      ProcessGuards.forbidCoreDumps();
      return EspeakLibrary.load(files);
    }
  }

  private Answer answer(Request request, EspeakLibrary copy) {
    try (CpuLimit.Work _ = limit.begin()) {
      int status = copy.useVoice(request.voice());
      if (status != 0) {
        return Answer.noVoice(request, status);
      }
      if (request.text().isEmpty()) {
        return Answer.clauses(request, List.of());
      }
      return copy.clauses(request.text(), request.mostClauses())
          .map(clauses -> Answer.clauses(request, clauses))
          .orElseGet(() -> new Answer(request.number(), Kind.ENDLESS, new byte[0]));
    }
  }
}
