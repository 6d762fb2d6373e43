package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.text.normalization.Normalizers;
import dev.ttsworker.engine.text.normalization.language.LanguageNormalizers;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.error.WorkerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Synthesizer of calls. Thread-safe; each call runs on its own thread, which waits while the
/// scheduler's threads compute, the reading of text included.
public final class Synthesizer {
  private static final Logger LOG = LoggerFactory.getLogger(Synthesizer.class);

  private final SynthesisServices services;
  private final Normalizers normalizers = LanguageNormalizers.all();

  public Synthesizer(SynthesisServices services) {
    this.services = services;
  }

  /// Speaks `text` into `sink` until the text ends. Frames leave as soon as the first window of the
  /// first sentence is computed. When it fails, the sink gets what was made before.
  ///
  /// @throws WorkerException `CALL_CANCELLED` once cancelled, `INFERENCE_FAILED` and what the sink
  ///   and the source throw
  public SynthesisSummary synthesize(
      VoiceModel voice,
      SynthesisRequest request,
      TextSource text,
      AudioSink sink,
      CancellationToken cancel) {
    TextFrontend frontend = TextFrontend.of(voice.description(), request, normalizers, LOG::warn);
    CallSynthesis synthesis = new CallSynthesis(services, voice, request, sink, cancel);
    try {
      TextReading reading = new TextReading(frontend, text, cancel);
      while (!reading.isEnded()) {
        TextEvent event = text.next(frontend.holdsText());
        synthesis.read(turn -> reading.read(event, turn)).forEach(synthesis::speak);
      }
      return synthesis.finish();
    } catch (RuntimeException e) {
      synthesis.abandon(e);
      throw e;
    }
  }
}
