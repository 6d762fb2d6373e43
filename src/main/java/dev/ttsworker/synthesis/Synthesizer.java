package dev.ttsworker.synthesis;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.Scheduler;
import dev.ttsworker.text.ChunkSegmenter;
import dev.ttsworker.text.SentenceSegmenter;
import dev.ttsworker.text.markup.Lexicon;
import dev.ttsworker.text.markup.MarkedSegmenter;
import dev.ttsworker.text.normal.Normalizers;
import dev.ttsworker.voice.VoiceDescription;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks calls. Thread-safe; each call runs on its own thread, which waits while the scheduler's
/// threads compute, the reading of text included.
public final class Synthesizer {
  private static final Logger log = LoggerFactory.getLogger(Synthesizer.class);

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
    SpeechText speech = speechText(order);
    Utterance utterance = new Utterance(scheduler, level, order, sink, cancel, meters, phrases);
    try {
      TextReading reading = new TextReading(speech, text, cancel);
      while (!reading.isEnded()) {
        TextEvent event = text.next(speech.holdsText());
        utterance.read(turn -> reading.read(event, turn)).forEach(utterance::speak);
      }
      return utterance.finish();
    } catch (RuntimeException e) {
      utterance.abandon(e);
      throw e;
    }
  }

  private SpeechText speechText(SpeechOrder order) {
    VoiceDescription voice = order.voice().description();
    TextStyle style = order.style();
    return switch (voice.input()) {
      case CHUNK ->
          new SpeechText(
              new MarkedSegmenter(Optional.empty(), new ChunkSegmenter()),
              normalizers.plain(),
              Lexicon.EMPTY,
              order.words());
      case SENTENCE ->
          new SpeechText(
              style.segmenter(new SentenceSegmenter(), log::warn),
              style.normalizer(normalizers, voice.languages()),
              style.lexicon(),
              order.words());
    };
  }
}
