package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.runtime.CancellationToken;
import dev.ttsworker.engine.runtime.Scheduler;
import dev.ttsworker.engine.text.ChunkSegmenter;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.markup.Lexicon;
import dev.ttsworker.engine.text.normalization.Normalizers;
import dev.ttsworker.engine.voice.VoiceDescription;
import dev.ttsworker.error.WorkerException;
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
      SpeechOrder order, TextSource text, FrameSink sink, CancellationToken cancel) {
    TextFrontend speech = speechText(order);
    CallSynthesis utterance =
        new CallSynthesis(scheduler, level, order, sink, cancel, meters, phrases);
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

  private TextFrontend speechText(SpeechOrder order) {
    VoiceDescription voice = order.voice().description();
    TextStyle style = order.style();
    return switch (voice.input()) {
      case CHUNK ->
          new TextFrontend(
              new AnnotatedSegmenter(Optional.empty(), new ChunkSegmenter()),
              normalizers.plain(),
              Lexicon.EMPTY,
              order.words());
      case SENTENCE ->
          new TextFrontend(
              style.segmenter(new SentenceSegmenter(), log::warn),
              style.normalizer(normalizers, voice.languages()),
              style.lexicon(),
              order.words());
    };
  }
}
