package dev.ttsworker.synthesis;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.Scheduler;
import dev.ttsworker.text.ChunkSegmenter;
import dev.ttsworker.text.Segment;
import dev.ttsworker.text.Segmenter;
import dev.ttsworker.text.SentenceSegmenter;
import dev.ttsworker.text.normal.Normalizer;
import dev.ttsworker.text.normal.Normalizers;
import dev.ttsworker.text.normal.Normalizers.Emoji;
import dev.ttsworker.text.normal.Spoken;
import dev.ttsworker.voice.AskedWords;
import dev.ttsworker.voice.SpokenWord;
import dev.ttsworker.voice.VoiceDescription;
import java.util.List;
import java.util.Optional;

/// Speaks calls. Thread-safe; each call runs on its own thread, which waits while the scheduler's
/// threads compute.
public final class Synthesizer {
  private final Scheduler scheduler;
  private final OutputLevel level;
  private final SpeechMeters meters;
  private final PhraseCache phrases;
  private final Normalizers normalizers = new Normalizers();

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
    Optional<Normalizer> normalizer = normalizerFor(order);
    Utterance utterance = new Utterance(scheduler, level, order, sink, cancel, meters, phrases);
    try {
      boolean more = true;
      while (more) {
        Optional<String> chunk = text.next();
        more = chunk.isPresent();
        List<Segment> segments = chunk.map(segmenter::accept).orElseGet(segmenter::finish);
        for (Segment segment : segments) {
          speak(segment, normalizer, order.words(), utterance);
        }
      }
      return utterance.finish();
    } catch (RuntimeException e) {
      utterance.abandon(e);
      throw e;
    }
  }

  private Optional<Normalizer> normalizerFor(SpeechOrder order) {
    VoiceDescription voice = order.voice().description();
    TextStyle style = order.style();
    if (!style.normalized() || voice.input() == VoiceDescription.Input.CHUNK) {
      return Optional.empty();
    }
    return Optional.of(
        normalizers.forLanguages(voice.languages(), style.emojiSaid() ? Emoji.SAY : Emoji.DROP));
  }

  /// Speaks what is said for a segment; times and offsets are those of its wording.
  private static void speak(
      Segment segment, Optional<Normalizer> normalizer, WordDetail detail, Utterance utterance) {
    if (normalizer.isEmpty()) {
      utterance.speak(segment);
      return;
    }
    Spoken spoken = normalizer.get().normalize(segment.text());
    List<SpokenWord> words =
        detail == WordDetail.NOTHING
            ? List.of()
            : spoken.words().stream()
                .map(word ->
                    new SpokenWord(
                        word.text(), segment.start() + word.start(), segment.start() + word.end()))
                .toList();
    utterance.speak(
        new Segment(spoken.text(), segment.start(), segment.end()),
        new AskedWords(words, detail == WordDetail.PHONEMES));
  }

  private static Segmenter segmenterFor(SpeechOrder order) {
    return switch (order.voice().description().input()) {
      case CHUNK -> new ChunkSegmenter();
      case SENTENCE -> new SentenceSegmenter();
    };
  }
}
