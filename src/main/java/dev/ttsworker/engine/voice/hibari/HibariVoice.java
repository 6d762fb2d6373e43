package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.audio.LevelCalibration.Level;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.PhonemeVocabulary;
import dev.ttsworker.engine.voice.sentence.SentenceReader;
import dev.ttsworker.engine.voice.sentence.SentenceRendering;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Loaded hibari voice. Owns its model.
final class HibariVoice implements VoiceModel {
  /// As the voice was trained.
  private static final double USUAL_NOISE = 1;

  private final VoiceDescription description;
  private final PhonemeVocabulary vocabulary;
  private final SentenceReader reader;
  private final HibariModel model;
  private final Optional<Level> level;

  /// @param level what was measured; empty when the voice is silent
  HibariVoice(
      VoiceDescription description,
      PhonemeVocabulary vocabulary,
      SentenceReader reader,
      HibariModel model,
      Optional<Level> level) {
    this.description = description;
    this.vocabulary = vocabulary;
    this.reader = reader;
    this.model = model;
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
    int _ = description.speaker(settings);
    SplittableRandom seeds = new SplittableRandom(noise.nextLong());
    return new SentenceRendering(
        reader,
        vocabulary::unknown,
        sentence ->
            new SentenceDecoder(
                model,
                new HibariRequest(
                    sentence,
                    (float) settings.speed(),
                    (float) settings.noiseScale().orElse(USUAL_NOISE),
                    AddedSamples.of(settings.pauses(), SpectralFrames.SAMPLE_RATE_HZ),
                    seeds.nextLong()),
                WindowPlan.STREAMED),
        text,
        asked);
  }

  @Override
  public List<String> unknownPhonemes(String ipa) {
    return vocabulary.unknown(ipa);
  }

  @Override
  public List<String> phonemes() {
    return vocabulary.phonemes();
  }

  @Override
  public Optional<Level> level() {
    return level;
  }

  @Override
  public void close() {
    model.close();
  }
}
