package dev.ttsworker.voices;

import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceDescription.Input;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.voicepack.Voicepack;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;

/// A voice that counts how often it is closed.
final class FakeVoice implements Voice {
  final Voicepack voicepack;
  final Placement placement;
  final AtomicInteger closes = new AtomicInteger();
  private final FakeLoader loader;

  FakeVoice(Voicepack voicepack, Placement placement, FakeLoader loader) {
    this.voicepack = voicepack;
    this.placement = placement;
    this.loader = loader;
  }

  boolean isClosed() {
    return closes.get() > 0;
  }

  @Override
  public VoiceDescription description() {
    return new VoiceDescription(
        voicepack.modelId(),
        voicepack.family(),
        22_050,
        List.of("en-US"),
        Map.of(),
        1,
        Input.SENTENCE,
        placement == Placement.CPU ? "cpu" : "cuda:0",
        true);
  }

  @Override
  public List<String> phonemes() {
    return List.of();
  }

  @Override
  public List<String> unknownPhonemes(String ipa) {
    return List.of();
  }

  @Override
  public OptionalDouble loudnessLufs() {
    return OptionalDouble.empty();
  }

  @Override
  public SynthesisSummary synthesize(
      SynthesisRequest request, TextSource text, AudioSink sink, CancellationToken cancel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double warmUp(String text, CancellationToken cancel) {
    loader.warmUp(this, text);
    return 2;
  }

  @Override
  public void calibrateCost(double computingSeconds, double audioSeconds) {
    loader.calibrated(voicepack.modelId(), audioSeconds);
  }

  @Override
  public void close() {
    closes.incrementAndGet();
  }
}
