package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.voice.VoiceFamily;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.engine.voice.sentence.PhonemeVocabulary;
import dev.ttsworker.engine.voice.sentence.VocabularyReader;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.OnnxFolder;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.VoiceFiles;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Kokoro voices: one model with many speakers of several languages, 24 kHz. Computed on the CPU.
/// Thread-safe.
public final class KokoroFamily implements VoiceFamily {
  private static final List<String> LANGUAGES =
      List.of("en-US", "en-GB", "en", "es", "fr-FR", "fr", "hi", "it", "pt-BR", "pt");

  private final VocabularyReader vocabularies = new VocabularyReader();

  @Override
  public String family() {
    return "kokoro";
  }

  @Override
  public Contents read(Path folder) {
    VoiceFiles files = OnnxFolder.read(folder, VocabularyReader.FILE);
    Map<String, Integer> _ = vocabularies.read(files.modelConfig());
    List<String> speakers = SpeakerFiles.names(folder);
    return new Contents(
        new VoiceFiles(
            files.folder(),
            files.model(),
            files.modelConfig(),
            files.fingerprint() + SpeakerFiles.fingerprint(folder)),
        LANGUAGES,
        Map.of(),
        Map.of(
            "sample_rate",
            Integer.toString(KokoroModel.SAMPLE_RATE_HZ),
            "speakers",
            Integer.toString(speakers.size()),
            "speaker_names",
            String.join(", ", speakers)));
  }

  @Override
  public void check(Path file) {
    if (file.endsWith(VocabularyReader.FILE)) {
      Map<String, Integer> _ = vocabularies.read(file);
    }
  }

  @Override
  public String configName(String model) {
    return VocabularyReader.FILE;
  }

  @Override
  public List<String> needs(Voicepack voicepack) {
    return List.of(KokoroLanguage.ENGLISH);
  }

  @Override
  public VoiceModel load(Voicepack voicepack, Placement placement, VoiceServices services) {
    VoiceFiles files = voicepack.requireFiles();
    Map<String, Integer> numbers = vocabularies.read(files.modelConfig());
    PhonemeVocabulary vocabulary = new PhonemeVocabulary(numbers);
    KokoroSpeakers speakers = KokoroSpeakers.read(files.folder());
    KokoroReaders readers = new KokoroReaders(voicepack.modelId(), numbers, services);
    if (!speakers.language(0).tags().isEmpty()) {
      // What most calls need is missed now rather than then.
      KokoroReaders.Reader _ = readers.of(speakers.language(0));
    }
    KokoroOpener.Opened opened =
        open(
            files,
            new KokoroCalibration(vocabulary, speakers),
            services.accelerated(placement),
            services);
    VoiceDescription description =
        new VoiceDescription(
            voicepack.modelId(),
            voicepack.family(),
            KokoroModel.SAMPLE_RATE_HZ,
            voicepack.languages(),
            speakers.numbers(),
            speakers.count(),
            VoiceDescription.Input.SENTENCE,
            opened.device(),
            false,
            speakers.languages(),
            true);
    return new KokoroVoice(
        description, vocabulary, readers, speakers, opened.model(), opened.level());
  }

  private static KokoroOpener.Opened open(
      VoiceFiles files,
      KokoroCalibration calibration,
      boolean accelerated,
      VoiceServices services) {
    try {
      return new KokoroOpener(services).open(files.model(), calibration, accelerated);
    } catch (WorkerException e) {
      if (e.code() == ErrorCode.INFERENCE_FAILED) {
        throw new WorkerException(
            ErrorCode.MODEL_LOAD_FAILED,
            Printable.shortName(files.model()) + " cannot speak: " + e.getMessage(),
            e);
      }
      throw e;
    }
  }

  /// That of American speakers.
  @Override
  public Optional<FrontEndUse> frontEnd(Voicepack voicepack, FrontEnds frontEnds) {
    KokoroLanguage usual = KokoroLanguage.AMERICAN;
    return voicepack
        .files()
        .map(files -> new PhonemeVocabulary(vocabularies.read(files.modelConfig())))
        .map(vocabulary ->
            new FrontEndUse(
                frontEnds.get(usual.frontEnd()).open(usual.variety()), vocabulary::unknown));
  }
}
