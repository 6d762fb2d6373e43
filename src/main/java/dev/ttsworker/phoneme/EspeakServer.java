package dev.ttsworker.phoneme;

import dev.ttsworker.error.WorkerException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The program of the process that eSpeak NG runs in, since some texts end the process that hands
/// them over. Reads requests from standard input and answers each on standard output, until the
/// input ends, as it does when the worker is gone.
///
/// A request is a voice's name (UTF of [DataOutputStream]) and a text (length and bytes of UTF-8;
/// none only chooses the voice). An answer is [#WELL] and the clauses (number; each length, bytes,
/// terminator), or [#FAILED] with the name of an [dev.ttsworker.error.ErrorCode] and a message. A
/// first answer without clauses comes when the library is loaded.
final class EspeakServer {
  static final int WELL = 0;
  static final int FAILED = 1;

  private final DataInputStream requests;
  private final DataOutputStream answers;

  private EspeakServer(DataInputStream requests, DataOutputStream answers) {
    this.requests = requests;
    this.answers = answers;
  }

  /// Serves until the input ends.
  ///
  /// @param arguments the library and, unless the system's, its data folder
  public static void main(String[] arguments) throws IOException {
    EspeakFiles files =
        new EspeakFiles(
            Path.of(arguments[0]),
            arguments.length > 1 ? Optional.of(Path.of(arguments[1])) : Optional.empty());
    EspeakServer server =
        new EspeakServer(
            new DataInputStream(new BufferedInputStream(System.in)),
            new DataOutputStream(new BufferedOutputStream(System.out)));
    server.serve(files);
  }

  private void serve(EspeakFiles files) throws IOException {
    try (EspeakCopy copy = EspeakCopy.load(files)) {
      answer(List.of());
      while (true) {
        String voice = requests.readUTF();
        String text = new String(requests.readNBytes(requests.readInt()), StandardCharsets.UTF_8);
        try {
          copy.useVoice(voice);
          answer(text.isEmpty() ? List.of() : copy.clauses(text));
        } catch (WorkerException e) {
          fail(e);
        }
      }
    } catch (EOFException workerIsGone) {
      // Nobody asks any more.
    } catch (WorkerException e) {
      fail(e);
    }
  }

  private void answer(List<EspeakCopy.Clause> clauses) throws IOException {
    answers.writeByte(WELL);
    answers.writeInt(clauses.size());
    for (EspeakCopy.Clause clause : clauses) {
      byte[] phonemes = clause.phonemes().getBytes(StandardCharsets.UTF_8);
      answers.writeInt(phonemes.length);
      answers.write(phonemes);
      answers.writeInt(clause.terminator());
    }
    answers.flush();
  }

  private void fail(WorkerException failure) throws IOException {
    answers.writeByte(FAILED);
    answers.writeUTF(failure.code().name());
    answers.writeUTF(String.valueOf(failure.getMessage()));
    answers.flush();
  }
}
