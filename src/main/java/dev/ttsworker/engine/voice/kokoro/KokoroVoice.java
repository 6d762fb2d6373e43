package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.SpeakerShare;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.audio.LevelCalibration.Level;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.PhonemeVocabulary;
import dev.ttsworker.engine.voice.sentence.SentenceRendering;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Loaded Kokoro voice. Owns its model.
final class KokoroVoice implements VoiceModel {
  private final VoiceDescription description;
  private final PhonemeVocabulary vocabulary;
  private final KokoroReaders readers;
  private final KokoroSpeakers speakers;
  private final KokoroModel model;
  private final Optional<Level> level;

  /// @param vocabulary of authored IPA
  /// @param level what was measured of the first speaker; empty when it is silent
  KokoroVoice(
      VoiceDescription description,
      PhonemeVocabulary vocabulary,
      KokoroReaders readers,
      KokoroSpeakers speakers,
      KokoroModel model,
      Optional<Level> level) {
    this.description = description;
    this.vocabulary = vocabulary;
    this.readers = readers;
    this.speakers = speakers;
    this.model = model;
    this.level = level;
  }

  @Override
  public VoiceDescription description() {
    return description;
  }

  /// Nothing in it is random.
  ///
  /// @throws WorkerException `INVALID_FIELD` for a speaker that the voice does not have, or whose
  ///   language cannot be read, and when the language's front end cannot be used
  @Override
  public Rendering render(
      String text, WordTimingRequest asked, VoiceSettings settings, RandomGenerator noise) {
    // Every voice draws one number for a segment.
    long _ = noise.nextLong();
    int speaker = description.speaker(settings);
    KokoroReaders.Reader reader = readers.of(speakers.language(speaker));
    List<SpeakerShare> shares =
        settings.blend().isEmpty() ? List.of(new SpeakerShare(speaker, 1)) : settings.blend();
    return new SentenceRendering(
        reader.sentences(),
        reader.vocabulary()::unknown,
        sentence ->
            new KokoroSound(
                model,
                speakers,
                new KokoroRequest(
                    sentence,
                    shares,
                    (float) settings.speed(),
                    AddedSamples.of(settings.pauses(), KokoroModel.SAMPLE_RATE_HZ))),
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
