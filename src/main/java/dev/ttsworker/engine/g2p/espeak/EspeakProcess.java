package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Answer;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Kind;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.ProtocolException;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Request;
import dev.ttsworker.engine.g2p.espeak.HelperFailure.Reason;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Helper process with eSpeak NG, from its start to its first failure: then it is ended, so that no
/// answer is ever taken for the answer to another text. Belongs to one thread; only [#close],
/// [#isUsable] and [#process] may be called by others.
final class EspeakProcess implements AutoCloseable {
  /// Exit statuses after a signal from outside: hang-up, interrupt, kill, terminate. A crash has
  /// other signals, or the process exits by itself.
  private static final Set<Integer> KILLED = Set.of(128 + 1, 128 + 2, 128 + 9, 128 + 15);

  private static final Duration EXIT_PATIENCE = Duration.ofSeconds(1);

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private long number;
  private boolean fresh = true;
  private volatile boolean closed;

  private EspeakProcess(Process process) {
    this.process = process;
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /// Starts the process without waiting until it is ready: see [#awaitReady].
  ///
  /// @throws HelperFailure `NOT_STARTED`
  static EspeakProcess start(HelperLauncher launcher) throws HelperFailure {
    try {
      return new EspeakProcess(launcher.launch());
    } catch (IOException e) {
      throw new HelperFailure(
          Reason.NOT_STARTED, "eSpeak NG's process cannot be started: " + e.getMessage(), e);
    }
  }

  /// Waits until the library is loaded.
  ///
  /// @param patience time limit
  /// @throws HelperFailure when it cannot be used: `LATE`, or `NOT_STARTED` with the reason
  void awaitReady(Duration patience) throws HelperFailure {
    try {
      Answer answer =
          within(
              patience,
              () ->
                  Answer.readFrom(answers, EspeakProtocol.HELLO, EspeakProtocol.MAX_MESSAGE_BYTES));
      if (answer.kind() != Kind.READY) {
        throw failure(answer.kind() == Kind.UNUSABLE ? message(answer) : answer.kind().toString());
      }
    } catch (HelperFailure e) {
      Reason reason = e.reason() == Reason.LATE ? Reason.LATE : Reason.NOT_STARTED;
      throw new HelperFailure(reason, "eSpeak NG cannot be used: " + e.getMessage(), e);
    }
  }

  /// Phonemes of `text`, clause by clause.
  ///
  /// @param voice as checked by [EspeakPool#forVoice]
  /// @param text a part of [EspeakText]; empty tests the voice only
  /// @param patience time limit of the answer
  /// @throws WorkerException `INVALID_VOICEPACK` when there is no such voice, `INVALID_FIELD` when
  ///   eSpeak does not reach the end of the text; the process remains usable
  /// @throws HelperFailure when there was no answer; the process has ended
  List<EspeakLibrary.Clause> clauses(String voice, String text, Duration patience)
      throws HelperFailure {
    Request request = new Request(++number, voice, text);
    Answer answer =
        within(
            patience,
            () -> {
              request.writeTo(requests);
              return Answer.readFrom(answers, request.number(), request.mostAnswerBytes());
            });
    fresh &= text.isEmpty();
    return switch (answer.kind()) {
      case CLAUSES -> checked(() -> answer.clauses(request.mostClauses()));
      case NO_VOICE -> throw noVoice(voice, checked(answer::status));
      case ENDLESS -> throw UnreadableTexts.unreadable(voice);
      case READY, UNUSABLE -> throw failure("answered " + answer.kind() + " to a text");
    };
  }

  /// Whether no text has been read yet: then a text that ends the process is itself the cause, and
  /// not damage by an earlier one.
  boolean isFresh() {
    return fresh;
  }

  /// Whether the process runs and has not failed.
  boolean isUsable() {
    return !closed && process.isAlive();
  }

  Process process() {
    return process;
  }

  /// Ends the process; it holds no state that would be lost.
  @Override
  public void close() {
    closed = true;
    process.destroyForcibly();
  }

  private interface Exchange<T> {
    T run() throws IOException;
  }

  /// Runs an exchange within a time limit; ends the process when it is late or fails.
  private Answer within(Duration patience, Exchange<Answer> exchange) throws HelperFailure {
    CompletableFuture<Void> inTime = new CompletableFuture<>();
    var _ =
        inTime
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, late) -> closeIf(late != null));
    boolean whole = false;
    try {
      Answer answer = exchange.run();
      if (answers.available() > 0) {
        throw new ProtocolException("more bytes than the answer");
      }
      whole = inTime.complete(null);
      if (!whole) {
        throw late(patience);
      }
      return answer;
    } catch (ProtocolException e) {
      throw failure(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw inTime.complete(null) ? ended(e) : late(patience);
    } finally {
      closeIf(!whole);
      inTime.complete(null);
    }
  }

  private void closeIf(boolean failed) {
    if (failed) {
      close();
    }
  }

  private <T> T checked(Exchange<T> decoding) throws HelperFailure {
    try {
      return decoding.run();
    } catch (IOException e) {
      throw failure(String.valueOf(e.getMessage()));
    }
  }

  private String message(Answer answer) throws HelperFailure {
    return checked(answer::message);
  }

  private HelperFailure failure(String message) {
    close();
    return new HelperFailure(Reason.PROTOCOL, message);
  }

  private static HelperFailure late(Duration patience) {
    return new HelperFailure(Reason.LATE, "no answer within " + patience.toMillis() + " ms");
  }

  /// The failure when the streams to the process are closed.
  private HelperFailure ended(IOException cause) {
    try {
      if (!process.waitFor(EXIT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return new HelperFailure(Reason.PROTOCOL, "closed its streams", cause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HelperFailure(Reason.KILLED, "was given up", e);
    }
    int status = process.exitValue();
    Reason reason = KILLED.contains(status) ? Reason.KILLED : Reason.ENDED;
    return new HelperFailure(reason, "ended with status " + status, cause);
  }

  private static WorkerException noVoice(String voice, int status) {
    return new WorkerException(
        ErrorCode.INVALID_VOICEPACK,
        "espeak.voice: eSpeak NG has no voice '" + voice + "' (status " + status + ")");
  }
}
