package dev.ttsworker.synthesis;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.Scheduler;
import dev.ttsworker.text.ChunkSegmenter;
import dev.ttsworker.text.Segment;
import dev.ttsworker.text.Segmenter;
import dev.ttsworker.text.SentenceSegmenter;
import java.util.List;
import java.util.Optional;

/// Speaks calls. Thread-safe; each call runs on its own thread, which waits while the scheduler's
/// threads compute.
public final class Synthesizer {
  private final Scheduler scheduler;
  private final OutputLevel level;
  private final SpeechMeters meters;
  private final PhraseCache phrases;

  /// @param phrases shared by all calls
  public Synthesizer(
      Scheduler scheduler, OutputLevel level, SpeechMeters meters, PhraseCache phrases) {
    this.scheduler = scheduler;
    this.level = level;
    this.meters = meters;
    this.phrases = phrases;
  }

  /// Speaks `text` into `sink` until the text ends. Frames leave as soon as the first window of the
  /// first sentence is computed. When it fails, the sink gets what was made before.
  ///
  /// @throws WorkerException `CALL_CANCELLED` once cancelled, `INFERENCE_FAILED` and what the sink
  ///   and the source throw
  public SpeechSummary speak(
      SpeechOrder order, TextSource text, FrameSink sink, CancelSignal cancel) {
    Segmenter segmenter = segmenterFor(order);
    Utterance utterance = new Utterance(scheduler, level, order, sink, cancel, meters, phrases);
    try {
      boolean more = true;
      while (more) {
        Optional<String> chunk = text.next();
        more = chunk.isPresent();
        List<Segment> segments = chunk.map(segmenter::accept).orElseGet(segmenter::finish);
        segments.forEach(utterance::speak);
      }
      return utterance.finish();
    } catch (RuntimeException e) {
      utterance.abandon(e);
      throw e;
    }
  }

  private static Segmenter segmenterFor(SpeechOrder order) {
    return switch (order.voice().description().input()) {
      case CHUNK -> new ChunkSegmenter();
      case SENTENCE -> new SentenceSegmenter();
    };
  }
}
