package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.runtime.Scheduler;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Text analysis jobs: a call's text is analysed in jobs of the scheduler, since the work grows
/// with the text; one job takes what is there, up to a bound. Not thread-safe: one job at a time.
final class TextReading {
  /// A job that has analysed this much and found nothing to speak ends, whether or not other jobs
  /// wait.
  static final int MOST_CHARS = TextEvent.Piece.LONGEST;

  private final TextFrontend speech;
  private final TextSource text;
  private final CancellationToken cancel;
  private boolean ended;

  TextReading(TextFrontend speech, TextSource text, CancellationToken cancel) {
    this.speech = speech;
    this.text = text;
    this.cancel = cancel;
  }

  /// Whether the end of the text was read.
  boolean isEnded() {
    return ended;
  }

  /// Reads an event and those that are there behind it, until there is something to say, more
  /// urgent work waits, or the bound is reached. Runs on a thread of the scheduler.
  ///
  /// @return what is certain now, in order
  /// @throws WorkerException `CALL_CANCELLED` once cancelled
  List<SpeechItem> read(TextEvent first, Scheduler.Turn turn) {
    List<SpeechItem> items = new ArrayList<>();
    Optional<TextEvent> next = Optional.of(first);
    int chars = 0;
    while (next.isPresent()) {
      if (cancel.isCancelled()) {
        throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled");
      }
      TextEvent event = next.get();
      switch (event) {
        case TextEvent.Piece(String piece) -> {
          items.addAll(speech.accept(piece));
          chars += piece.length();
        }
        case TextEvent.Quiet _ -> items.addAll(speech.finish());
        case TextEvent.End _ -> {
          items.addAll(speech.finish());
          ended = true;
        }
      }
      boolean goesOn = !ended && items.isEmpty() && chars < MOST_CHARS && !turn.shouldYield();
      next = goesOn ? text.poll() : Optional.empty();
    }
    return items;
  }
}
