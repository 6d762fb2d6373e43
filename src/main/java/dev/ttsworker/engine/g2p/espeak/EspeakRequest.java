package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Pending request of a caller. Belongs to one thread at a time: the caller's, a queue's, that of
/// the process that reads it; only waiting and cancelling are concurrent.
final class EspeakRequest {
  /// The first one and two more: one that may run in a damaged process, one that cannot.
  private static final int MOST_ATTEMPTS = 3;

  private final String voice;
  private final List<List<String>> texts;
  private final CompletableFuture<List<List<String>>> answer = new CompletableFuture<>();
  private String piece = "";
  private int attempts;

  /// @param texts the parts of each text, in order; none to test the voice only
  EspeakRequest(String voice, List<List<String>> texts) {
    this.voice = voice;
    this.texts = texts;
  }

  String voice() {
    return voice;
  }

  /// The part that was read last; empty when only the voice was tested.
  String piece() {
    return piece;
  }

  boolean mayRetry() {
    return attempts < MOST_ATTEMPTS;
  }

  /// Whether the caller no longer waits.
  boolean isDone() {
    return answer.isDone();
  }

  /// Reads all texts and answers the caller; stops when the caller no longer waits.
  ///
  /// @param patience time limit of each part
  /// @throws WorkerException when a text cannot be read; the process remains usable
  /// @throws HelperFailure when the process failed; the caller has no answer yet
  void read(EspeakProcess process, Duration patience, UnreadableTexts unreadable)
      throws HelperFailure {
    attempts++;
    piece = "";
    if (texts.isEmpty()) {
      process.clauses(voice, "", patience);
    }
    List<List<String>> sentences = new ArrayList<>();
    for (List<String> pieces : texts) {
      SentenceJoiner joiner = new SentenceJoiner();
      for (String next : pieces) {
        if (isDone()) {
          return;
        }
        read(next, joiner, process, patience, unreadable);
      }
      sentences.add(joiner.finish());
    }
    answer.complete(sentences);
  }

  private void read(
      String next,
      SentenceJoiner joiner,
      EspeakProcess process,
      Duration patience,
      UnreadableTexts unreadable)
      throws HelperFailure {
    if (next.isEmpty()) {
      return;
    }
    if (Character.isWhitespace(next.charAt(0))) {
      joiner.addBlank();
    }
    if (unreadable.contains(voice, next)) {
      throw UnreadableTexts.unreadable(voice);
    }
    piece = next;
    process.clauses(voice, next, patience).forEach(joiner::add);
  }

  /// Answers with a failure.
  void fail(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  /// Cancels the request: unread parts are not read.
  void cancel() {
    answer.cancel(false);
  }

  /// Waits for the answer.
  ///
  /// @throws WorkerException as the request failed
  List<List<String>> await() throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof WorkerException expected
          ? new WorkerException(expected.code(), expected.getMessage(), expected)
          : new WorkerException(
              ErrorCode.INTERNAL, "eSpeak NG failed: " + e.getCause(), e.getCause());
    }
  }
}
