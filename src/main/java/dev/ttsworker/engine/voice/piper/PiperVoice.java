package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.audio.LevelCalibration.Level;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Loaded Piper voice. Owns its graphs.
final class PiperVoice implements VoiceModel {
  private final VoiceDescription description;
  private final PiperConfig config;
  private final PiperFrontend reader;
  private final PiperGraphs graphs;
  private final Optional<Level> level;

  /// @param level what was measured; empty when the voice is silent
  PiperVoice(
      VoiceDescription description,
      PiperConfig config,
      PiperFrontend reader,
      PiperGraphs graphs,
      Optional<Level> level) {
    this.description = description;
    this.config = config;
    this.reader = reader;
    this.graphs = graphs;
    this.level = level;
  }

  @Override
  public VoiceDescription description() {
    return description;
  }

  /// @throws WorkerException `INVALID_FIELD` for a speaker that the voice does not have
  @Override
  public Rendering render(
      String text, WordTimingRequest asked, VoiceSettings settings, RandomGenerator noise) {
    return PiperRendering.of(
        graphs,
        reader,
        text,
        asked,
        scales(settings, description.speaker(settings)),
        noise.nextLong());
  }

  @Override
  public List<String> unknownPhonemes(String ipa) {
    return reader.unknownPhonemes(ipa);
  }

  @Override
  public List<String> phonemes() {
    return reader.phonemes();
  }

  private PiperRendering.Scales scales(VoiceSettings settings, int speaker) {
    return new PiperRendering.Scales(
        (float) settings.noiseScale().orElse(config.noiseScale()),
        (float) (config.lengthScale() / settings.speed()),
        (float) settings.noiseW().orElse(config.noiseW()),
        speaker,
        AddedSamples.of(settings.pauses(), config.sampleRateHz()));
  }

  @Override
  public Optional<Level> level() {
    return level;
  }

  @Override
  public void close() {
    graphs.close();
  }
}
