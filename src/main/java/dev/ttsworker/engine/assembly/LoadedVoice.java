package dev.ttsworker.engine.assembly;

import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.synthesis.CostMeter;
import dev.ttsworker.engine.synthesis.Synthesizer;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// Loaded voice: a model of a family with the synthesizer that speaks with it.
///
/// @param model owned by this
/// @param normalized whether its output is brought to the loudness target
record LoadedVoice(VoiceModel model, Synthesizer synthesizer, CostMeter costs, boolean normalized)
    implements Voice {
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
    return model.loudnessLufs(normalized);
  }

  @Override
  public SynthesisSummary synthesize(
      SynthesisRequest request, TextSource text, AudioSink sink, CancellationToken cancel) {
    return synthesizer.synthesize(model, request, text, sink, cancel);
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
    costs.calibrate(description().modelId(), computingSeconds, audioSeconds);
  }

  @Override
  public void close() {
    model.close();
  }
}
