package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.engine.g2p.Phonemizer;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Process pool of eSpeak NG for concurrent callers; each process is owned by one platform thread.
/// Ordinary text uses a fixed number of processes, all other text one more, which is also the
/// spare: texts that end a process are almost never ordinary, so ordinary text does not wait for
/// restarts (docs/decisions/0003-espeak-processes.md). A text that ends its process fails its own
/// call and is not tried again. Thread-safe. Callers wait, and may be virtual threads; FIFO order.
public final class EspeakPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EspeakPool.class);

  /// Longer texts reach eSpeak in several calls.
  static final int MAX_NATIVE_CHARS = EspeakProtocol.MAX_TEXT_BYTES / 4;

  /// Most characters of one request; ten times the length of a verbalized segment.
  static final int MAX_CHARS = 40_000;

  /// eSpeak uses the name as a path below its data folder, so only names that cannot leave it are
  /// allowed.
  private static final Pattern VOICE_NAME = Pattern.compile("[a-zA-Z0-9_+-]{1,32}");

  private final UnreadableTexts unreadable;
  private final EspeakWorkers ordinary;
  private final EspeakWorkers apart;

  /// Starts the processes; returns when those for ordinary text are ready.
  ///
  /// @param nativeDirectory folder with `libespeak-ng` and `espeak-ng-data`; the system's library
  ///   is the fallback
  /// @param copies processes for ordinary text, at least 1; there is one process more
  /// @param threads makes the platform threads
  /// @throws WorkerException `INVALID_CONFIGURATION` when eSpeak NG cannot be found or used
  public EspeakPool(Path nativeDirectory, int copies, ThreadFactory threads) {
    this(EspeakFiles.find(nativeDirectory, EspeakFiles.SYSTEM_FOLDERS), copies, threads);
  }

  EspeakPool(EspeakFiles files, int copies, ThreadFactory threads) {
    this(
        EspeakServices.of(
            new EspeakCommand(files), EspeakServices.START_PATIENCE, EspeakServices.PATIENCE),
        copies,
        threads);
    if (files.isSystemLibrary()) {
      LOG.warn("No eSpeak NG beside the worker, using the system's {}", files.library());
    }
    LOG.info("eSpeak NG is ready, {} processes with {}", copies + 1, files.library().getFileName());
  }

  EspeakPool(EspeakServices services, int copies, ThreadFactory threads) {
    if (copies < 1) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "copies of eSpeak NG: " + copies + ", allowed: 1 or more");
    }
    unreadable = services.unreadable();
    ordinary = new EspeakWorkers(copies, Integer.MAX_VALUE, services, this::failed);
    apart = new EspeakWorkers(1, 1, services, this::failed);
    try {
      ordinary.startProcesses();
    } catch (HelperFailure e) {
      throw new WorkerException(ErrorCode.INVALID_CONFIGURATION, e.getMessage(), e);
    }
    ordinary.startThreads(threads);
    apart.startThreads(threads);
  }

  /// A phonemizer for one of eSpeak's voices, usable until this pool is closed.
  ///
  /// @param espeakVoice such as `en-us`
  /// @throws WorkerException `INVALID_VOICEPACK` when eSpeak has no such voice, and as the
  ///   phonemizer: `INVALID_FIELD` when the text is too long or eSpeak cannot read it,
  ///   `NO_CAPACITY` while its process backs off after many failures, `INTERNAL` when it cannot be
  ///   restarted, `CALL_CANCELLED` when the thread is interrupted, `DRAINING` when the pool is
  ///   closed
  public Phonemizer forVoice(String espeakVoice) {
    requireName(espeakVoice);
    answer(new EspeakRequest(espeakVoice, List.of()), ordinary);
    return new VoicePhonemizer(espeakVoice);
  }

  /// @throws WorkerException `INVALID_VOICEPACK` for what cannot be the name of a voice
  static void requireName(String espeakVoice) {
    if (!VOICE_NAME.matcher(espeakVoice).matches()) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "espeak.voice: '"
              + espeakVoice
              + "' is not the name of a voice, allowed: "
              + VOICE_NAME.pattern());
    }
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
      long length = texts.stream().mapToLong(String::length).sum();
      if (length > MAX_CHARS) {
        throw new WorkerException(
            ErrorCode.INVALID_FIELD,
            "text: %d characters at once, as they are spoken, allowed: %d"
                .formatted(length, MAX_CHARS));
      }
      List<List<String>> pieces =
          texts.stream().map(text -> EspeakText.split(text, MAX_NATIVE_CHARS)).toList();
      if (pieces.stream()
          .flatMap(List::stream)
          .anyMatch(piece -> unreadable.contains(voice, piece))) {
        throw UnreadableTexts.unreadable(voice);
      }
      boolean isOrdinary = pieces.stream().flatMap(List::stream).allMatch(OrdinaryText::isOrdinary);
      return answer(new EspeakRequest(voice, pieces), isOrdinary ? ordinary : apart);
    }
  }

  private List<List<String>> answer(EspeakRequest request, EspeakWorkers workers) {
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled(null);
    }
    EspeakWorkers chosen =
        workers == ordinary && !ordinary.isUp() && apart.isUp() ? apart : workers;
    chosen.submit(request);
    try {
      return request.await();
    } catch (InterruptedException e) {
      request.cancel();
      ordinary.withdraw(request);
      apart.withdraw(request);
      Thread.currentThread().interrupt();
      throw cancelled(e);
    }
  }

  /// Blames a text when it ends a process that has read nothing before. Otherwise an earlier text
  /// may have damaged the process, and the text is retried in another one.
  private void failed(EspeakRequest request, boolean wasFresh, HelperFailure failure) {
    if (failure.mayBeCausedByText() && wasFresh && !request.piece().isEmpty()) {
      LOG.warn(
          "A text of {} characters in {} ends eSpeak NG and is refused from now on",
          request.piece().length(),
          request.voice());
      unreadable.add(request.voice(), request.piece());
      request.fail(UnreadableTexts.unreadable(request.voice()));
    } else if (request.mayRetry()) {
      retry(request);
    } else {
      request.fail(
          new WorkerException(
              ErrorCode.INTERNAL,
              "eSpeak NG's processes failed one after the other: " + failure.getMessage(),
              failure));
    }
  }

  private void retry(EspeakRequest request) {
    try {
      apart.submit(request);
    } catch (WorkerException e) {
      request.fail(e);
    }
  }

  /// Running processes, those for ordinary text first.
  List<Process> processes() {
    return Stream.of(ordinary, apart).flatMap(workers -> workers.processes().stream()).toList();
  }

  /// Requests that no process has begun.
  int waiting() {
    return ordinary.waiting() + apart.waiting();
  }

  /// Ends the threads, each after its current text, and their processes. Queued requests fail with
  /// `DRAINING`. Returns when they have ended or the thread is interrupted.
  @Override
  public void close() {
    ordinary.close();
    apart.close();
  }

  private static WorkerException cancelled(@Nullable InterruptedException cause) {
    return new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled", cause);
  }
}
