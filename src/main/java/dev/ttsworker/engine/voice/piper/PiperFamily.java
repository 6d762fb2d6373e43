package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.PhonemeIds;
import dev.ttsworker.engine.voice.VoiceFamily;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.LanguageTags;
import dev.ttsworker.voicepack.OnnxFolder;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.VoiceFiles;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Piper voices (VITS): partitions the model once, checks the parts against the whole graph,
/// measures the loudness, and keeps both results beside the parts. Thread-safe.
public final class PiperFamily implements VoiceFamily {
  private final PiperConfigReader configs = new PiperConfigReader();

  @Override
  public String family() {
    return "piper";
  }

  @Override
  public Contents read(Path folder) {
    VoiceFiles files = OnnxFolder.read(folder);
    PiperConfig config = configs.read(files.modelConfig());
    return new Contents(
        files,
        LanguageTags.ofFirst(config.languageCode(), config.espeakVoice()),
        Map.of("quality", config.quality()),
        Map.of(
            "sample_rate",
            Integer.toString(config.sampleRateHz()),
            "speakers",
            Integer.toString(config.speakerCount())));
  }

  @Override
  public void check(Path file) {
    if (file.toString().endsWith(".onnx.json")) {
      PiperConfig _ = configs.read(file);
    }
  }

  @Override
  public VoiceModel load(Voicepack voicepack, Placement placement, VoiceServices services) {
    VoiceFiles files = voicepack.requireFiles();
    try {
      return load(voicepack, files, placement, services);
    } catch (WorkerException e) {
      if (e.code() == ErrorCode.INFERENCE_FAILED) {
        throw failed(Printable.shortName(files.model()) + " cannot speak: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private VoiceModel load(
      Voicepack voicepack, VoiceFiles files, Placement placement, VoiceServices services) {
    PiperConfig config = configs.read(files.modelConfig());
    PiperFrontend frontend =
        new PiperFrontend(
            voicepack.modelId(),
            g2p(config, services.frontEnds()),
            config,
            services.observer()::unknownPhonemes);
    GraphOpener.Opened opened =
        new GraphOpener(services).open(files, config, frontend, services.accelerated(placement));
    VoiceDescription description =
        new VoiceDescription(
            voicepack.modelId(),
            voicepack.family(),
            config.sampleRateHz(),
            voicepack.languages(),
            config.speakers(),
            config.speakerCount(),
            VoiceDescription.Input.SENTENCE,
            opened.device(),
            opened.graphs().streams());
    return new PiperVoice(description, config, frontend, opened.graphs(), opened.level());
  }

  @Override
  public Optional<FrontEndUse> frontEnd(Voicepack voicepack, FrontEnds frontEnds) {
    return voicepack
        .files()
        .map(files -> configs.read(files.modelConfig()))
        .map(config -> new FrontEndUse(g2p(config, frontEnds), unknownPhonemes(config)));
  }

  private static UnknownPhonemes unknownPhonemes(PiperConfig config) {
    PhonemeIds ids = new PhonemeIds(config.phonemeIds(), config.phonemeMap());
    return switch (config.phonemeType()) {
      case ESPEAK -> ids::unknown;
      case TEXT -> _ -> List.of();
    };
  }

  private static GraphemeToPhoneme g2p(PiperConfig config, FrontEnds frontEnds) {
    return switch (config.phonemeType()) {
      case ESPEAK -> frontEnds.get(FrontEnds.ESPEAK).open(config.espeakVoice());
      case TEXT -> frontEnds.get(FrontEnds.LETTERS).open("");
    };
  }

  private static WorkerException failed(String message, @Nullable Exception cause) {
    return new WorkerException(ErrorCode.MODEL_LOAD_FAILED, message, cause);
  }
}
