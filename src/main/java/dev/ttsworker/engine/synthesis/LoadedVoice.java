package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.text.normalization.Normalizers;
import dev.ttsworker.engine.text.normalization.language.LanguageNormalizers;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loaded voice: a model of a family, and the synthesis of calls that are spoken with it.
/// Thread-safe; each call runs on its own thread, which waits while the scheduler's threads
/// compute, the reading of text included.
///
/// @param model owned by this
public record LoadedVoice(VoiceModel model, SynthesisServices services) implements Voice {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedVoice.class);
  private static final Normalizers NORMALIZERS = LanguageNormalizers.all();

  /// Any fixed seed: the audio of a warm-up is dropped.
  private static final long WARM_UP_SEED = 1;

  @Override
  public VoiceDescription description() {
    return model.description();
  }

  @Override
  public List<String> phonemes() {
    return model.phonemes();
  }

  @Override
  public List<String> unknownPhonemes(String ipa) {
    return model.unknownPhonemes(ipa);
  }

  @Override
  public OptionalDouble loudnessLufs() {
    return model.loudnessLufs(services.normalized());
  }

  @Override
  public SynthesisSummary synthesize(
      SynthesisRequest request, TextSource text, AudioSink sink, CancellationToken cancel) {
    TextFrontend frontend =
        TextFrontend.of(model.description(), request, NORMALIZERS, text, cancel, LOG::warn);
    CallSynthesis synthesis = new CallSynthesis(services, model, request, sink, cancel);
    try {
      while (!frontend.isEnded()) {
        TextEvent event = text.next(frontend.holdsText());
        synthesis.read(turn -> frontend.read(event, turn)).forEach(synthesis::speak);
      }
      return synthesis.finish();
    } catch (RuntimeException e) {
      synthesis.abandon(e);
      throw e;
    }
  }

  @Override
  public double warmUp(String text, CancellationToken cancel) {
    Rendering rendering =
        model.render(text, VoiceSettings.DEFAULTS, new SplittableRandom(WARM_UP_SEED));
    long samples = 0;
    while (!rendering.isFinished()) {
      samples += rendering.step(Pace.of(Rendering.LARGEST_WINDOW_FRAMES), cancel).length;
    }
    return (double) samples / description().sampleRateHz();
  }

  @Override
  public void calibrateCost(double computingSeconds, double audioSeconds) {
    services.costs().calibrate(description().modelId(), computingSeconds, audioSeconds);
  }

  @Override
  public void close() {
    model.close();
  }
}
