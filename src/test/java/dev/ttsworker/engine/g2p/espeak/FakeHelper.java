package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Answer;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Request;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process that is a thread of this one and does as a script says.
final class FakeHelper extends Process {
  static final int KILLED = 137;
  static final int CRASHED = 134;

  private final PipedInputStream requests = new PipedInputStream(1 << 16);
  private final PipedOutputStream toRequests = new PipedOutputStream();
  private final PipedOutputStream answers = new PipedOutputStream();
  private final PipedInputStream fromAnswers = new PipedInputStream(1 << 16);
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  /// What the process does, until it returns its exit status.
  interface Script {
    int run(DataInputStream requests, DataOutputStream answers) throws IOException;
  }

  /// What the process answers to a text.
  interface Reading {
    void answer(Request request, DataOutputStream answers) throws IOException;
  }

  FakeHelper(Script script) {
    try {
      toRequests.connect(requests);
      answers.connect(fromAnswers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(() -> end(run(script)));
  }

  /// A process that starts well and answers each request so; it ends with status 134 when the
  /// reading throws.
  static FakeHelper reading(Reading reading) {
    return new FakeHelper((requests, answers) -> {
      Answer.ready().writeTo(answers);
      while (true) {
        reading.answer(Request.readFrom(requests), answers);
      }
    });
  }

  /// The text itself as its phonemes, in one clause without an end.
  static void echo(Request request, DataOutputStream answers) throws IOException {
    List<EspeakLibrary.Clause> clauses =
        request.text().isEmpty() ? List.of() : List.of(new EspeakLibrary.Clause(request.text(), 0));
    Answer.clauses(request, clauses).writeTo(answers);
  }

  private int run(Script script) {
    try {
      return script.run(new DataInputStream(requests), new DataOutputStream(answers));
    } catch (IOException ended) {
      return CRASHED;
    }
  }

  private void end(int status) {
    exit.complete(status);
    try {
      requests.close();
      answers.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return toRequests;
  }

  @Override
  public InputStream getInputStream() {
    return fromAnswers;
  }

  @Override
  public InputStream getErrorStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return exit.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
    try {
      exit.get(time, unit);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int exitValue() {
    if (!exit.isDone()) {
      throw new IllegalThreadStateException("The process runs");
    }
    return exit.join();
  }

  @Override
  public boolean isAlive() {
    return !exit.isDone();
  }

  @Override
  public void destroy() {
    end(KILLED);
  }

  @Override
  public Process destroyForcibly() {
    destroy();
    return this;
  }
}
