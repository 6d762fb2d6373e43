package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.voice.VoiceFamily;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.engine.voice.sentence.PhonemeVocabulary;
import dev.ttsworker.engine.voice.sentence.SentenceReader;
import dev.ttsworker.engine.voice.sentence.TextRuns;
import dev.ttsworker.engine.voice.sentence.VocabularyReader;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.OnnxFolder;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.VoiceFiles;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Hibari voices: English, 24 kHz, one model of 8 MB for each. Partitioned and calibrated once; the
/// decoder may be computed on accelerators. Thread-safe.
public final class HibariFamily implements VoiceFamily {
  /// Front end whose phonemes these voices take, and the language data that it reads.
  private static final String FRONT_END = "english";

  /// A run of the text stage has at most 400 numbers, one for each sign, as the voices' own package
  /// has it.
  private static final TextRuns RUNS = new TextRuns(400, 32, 320);

  private static final List<String> LANGUAGES = List.of("en-US", "en");

  private final VocabularyReader vocabularies = new VocabularyReader();

  @Override
  public String family() {
    return "hibari";
  }

  @Override
  public Contents read(Path folder) {
    VoiceFiles files = OnnxFolder.read(folder, VocabularyReader.FILE);
    Map<String, Integer> _ = vocabularies.read(files.modelConfig());
    return new Contents(
        files,
        LANGUAGES,
        Map.of(),
        Map.of("sample_rate", Integer.toString(SpectralFrames.SAMPLE_RATE_HZ), "speakers", "1"));
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
    return List.of(FRONT_END);
  }

  @Override
  public VoiceModel load(Voicepack voicepack, Placement placement, VoiceServices services) {
    VoiceFiles files = voicepack.requireFiles();
    PhonemeVocabulary vocabulary = new PhonemeVocabulary(vocabularies.read(files.modelConfig()));
    SentenceReader reader =
        new SentenceReader(
            voicepack.modelId(),
            g2p(voicepack, services.frontEnds()),
            vocabulary::encode,
            RUNS,
            services.observer()::unknownPhonemes);
    HibariOpener.Opened opened =
        open(voicepack, files, vocabulary, services.accelerated(placement), services);
    VoiceDescription description =
        new VoiceDescription(
            voicepack.modelId(),
            voicepack.family(),
            SpectralFrames.SAMPLE_RATE_HZ,
            voicepack.languages(),
            Map.of(),
            1,
            VoiceDescription.Input.SENTENCE,
            opened.device(),
            true);
    return new HibariVoice(description, vocabulary, reader, opened.model(), opened.level());
  }

  private static HibariOpener.Opened open(
      Voicepack voicepack,
      VoiceFiles files,
      PhonemeVocabulary vocabulary,
      boolean accelerated,
      VoiceServices services) {
    try {
      return new HibariOpener(services)
          .open(files, new DecoderCalibration(vocabulary, isBritish(voicepack)), accelerated);
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

  @Override
  public Optional<FrontEndUse> frontEnd(Voicepack voicepack, FrontEnds frontEnds) {
    return voicepack
        .files()
        .map(files -> new PhonemeVocabulary(vocabularies.read(files.modelConfig())))
        .map(vocabulary -> new FrontEndUse(g2p(voicepack, frontEnds), vocabulary::unknown));
  }

  private static GraphemeToPhoneme g2p(Voicepack voicepack, FrontEnds frontEnds) {
    return frontEnds.get(FRONT_END).open(isBritish(voicepack) ? "en-gb" : "en-us");
  }

  /// By the most specific language of the voice.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` when it is not English
  private static boolean isBritish(Voicepack voicepack) {
    String language = voicepack.languages().isEmpty() ? "" : voicepack.languages().getFirst();
    Locale locale = Locale.forLanguageTag(language);
    if (!locale.getLanguage().equals("en")) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "metadata.yaml: languages begin with \"%s\"; allowed for a hibari voice: en, en-US, en-GB"
              .formatted(Printable.printable(language, 40)));
    }
    return locale.getCountry().equals("GB");
  }
}
