package dev.ttsworker.phoneme;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Phonemes from eSpeak NG for many callers at once: a fixed number of processes that run the
/// library, each owned by one platform thread. A text that ends its process costs its own call.
/// Thread-safe. Callers wait, and may be virtual threads; they are served in the order in which
/// they came.
public final class EspeakPool implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EspeakPool.class);

  /// Longer texts reach eSpeak in several calls.
  private static final int MAX_NATIVE_CHARS = 2_000;

  /// What takes longer than some milliseconds hangs, or the machine is very busy.
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// eSpeak takes the name as a path below its data folder, so nothing that could leave it.
  private static final Pattern VOICE_NAME = Pattern.compile("[a-zA-Z0-9_+-]{1,32}");

  private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private final List<EspeakProcess> processes = new ArrayList<>();
  private volatile boolean closed;

  /// Starts the processes; returns when all of them are ready.
  ///
  /// @param nativeDirectory folder with `libespeak-ng` and `espeak-ng-data`; the system's library
  ///   serves when it has none
  /// @param copies how many processes there are, and texts worked on at once, at least 1
  /// @param threads makes the platform threads
  /// @throws WorkerException `INVALID_CONFIGURATION` when eSpeak NG cannot be found or used
  public EspeakPool(Path nativeDirectory, int copies, ThreadFactory threads) {
    this(EspeakFiles.find(nativeDirectory, EspeakFiles.SYSTEM_FOLDERS), copies, PATIENCE, threads);
  }

  /// @param patience how long a process may take for one piece of text, or to get ready
  EspeakPool(EspeakFiles files, int copies, Duration patience, ThreadFactory threads) {
    if (copies < 1) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "copies of eSpeak NG: " + copies + ", allowed: 1 or more");
    }
    if (files.ofTheSystem()) {
      log.warn("No eSpeak NG beside the worker, using the system's {}", files.library());
    }
    try {
      for (int i = 0; i < copies; i++) {
        processes.add(EspeakProcess.start(files, patience));
      }
      processes.forEach(EspeakProcess::awaitReady);
    } catch (RuntimeException e) {
      processes.forEach(EspeakProcess::close);
      throw e;
    }
    for (EspeakProcess process : processes) {
      Thread worker = threads.newThread(() -> serve(process));
      worker.start();
      workers.add(worker);
    }
    log.info("eSpeak NG is ready, {} processes with {}", copies, files.library().getFileName());
  }

  /// A phonemizer for one of eSpeak's voices, usable until this pool is closed.
  ///
  /// @param espeakVoice such as `en-us`
  /// @throws WorkerException `INVALID_VOICEPACK` when eSpeak has no such voice, `CALL_CANCELLED`
  ///   when the thread is interrupted, `DRAINING` when the pool is closed
  public Phonemizer forVoice(String espeakVoice) {
    if (!VOICE_NAME.matcher(espeakVoice).matches()) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "espeak.voice: '"
              + espeakVoice
              + "' is not the name of a voice, allowed: "
              + VOICE_NAME.pattern());
    }
    answer(new Request(espeakVoice, List.of(), new CompletableFuture<>()));
    return new VoicePhonemizer(espeakVoice);
  }

  private final class VoicePhonemizer implements Phonemizer {
    private final String voice;

    VoicePhonemizer(String voice) {
      this.voice = voice;
    }

    @Override
    public List<String> phonemize(String text) {
      return phonemizeEach(List.of(text)).getFirst();
    }

    @Override
    public List<List<String>> phonemizeEach(List<String> texts) {
      List<List<String>> pieces =
          texts.stream().map(text -> EspeakText.pieces(text, MAX_NATIVE_CHARS)).toList();
      return answer(new Request(voice, pieces, new CompletableFuture<>()));
    }
  }

  private List<List<String>> answer(Request request) {
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled(null);
    }
    queue.add(request);
    if (closed && queue.remove(request)) {
      throw draining();
    }
    try {
      return request.answer().get();
    } catch (InterruptedException e) {
      queue.remove(request);
      Thread.currentThread().interrupt();
      throw cancelled(e);
    } catch (CancellationException e) {
      throw draining();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  /// What runs eSpeak NG now.
  List<Process> processes() {
    return processes.stream().map(EspeakProcess::process).toList();
  }

  /// Texts that no process has taken up yet.
  int waiting() {
    return queue.size();
  }

  private void serve(EspeakProcess process) {
    try (process) {
      while (!closed) {
        serve(queue.take(), process);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static void serve(Request request, EspeakProcess process) {
    try {
      if (request.texts().isEmpty()) {
        process.clauses(request.voice(), "");
      }
      List<List<String>> answers = new ArrayList<>();
      for (List<String> pieces : request.texts()) {
        answers.add(sentences(request.voice(), pieces, process));
      }
      request.answer().complete(answers);
    } catch (RuntimeException | Error e) {
      // The caller waits for an answer, and the thread goes on for the next.
      request.answer().completeExceptionally(e);
    }
  }

  private static List<String> sentences(String voice, List<String> pieces, EspeakProcess process) {
    SentenceJoiner sentences = new SentenceJoiner();
    for (String piece : pieces) {
      if (!piece.isEmpty() && Character.isWhitespace(piece.charAt(0))) {
        sentences.addBlank();
      }
      if (!piece.isEmpty()) {
        process.clauses(voice, piece).forEach(sentences::add);
      }
    }
    return sentences.finish();
  }

  /// Ends the threads, each after the text it works on, and their processes. What still waits is
  /// refused with `DRAINING`. Returns when they have ended or the thread is interrupted.
  @Override
  public void close() {
    closed = true;
    workers.forEach(Thread::interrupt);
    for (Request waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
      waiting.answer().cancel(false);
    }
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static WorkerException failure(@Nullable Throwable cause) {
    return cause instanceof WorkerException expected
        ? new WorkerException(expected.code(), expected.getMessage(), expected)
        : new WorkerException(ErrorCode.INTERNAL, "eSpeak NG failed: " + cause, cause);
  }

  private static WorkerException cancelled(@Nullable InterruptedException cause) {
    return new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled", cause);
  }

  private static WorkerException draining() {
    return new WorkerException(ErrorCode.DRAINING, "eSpeak NG has been closed");
  }

  /// @param texts the pieces of each text, in order; none only to try the voice
  /// @param answer the sentences of each text, or why there are none
  private record Request(
      String voice, List<List<String>> texts, CompletableFuture<List<List<String>>> answer) {}
}
