package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.g2p.CodePointPhonemizer;
import dev.ttsworker.engine.g2p.Phonemizer;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import dev.ttsworker.engine.voice.Voice;
import dev.ttsworker.engine.voice.VoiceDescription;
import dev.ttsworker.engine.voice.VoiceLoader;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.PiperConfig;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.VoiceFiles;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Loads Piper voices: cuts the model once, checks the cut against the whole graph, measures the
/// loudness, and keeps both results beside the cut. Thread-safe.
public final class PiperVoiceLoader implements VoiceLoader {
  private final Function<Path, PiperConfig> configs;
  private final Function<String, Phonemizer> espeak;
  private final IntConsumer unknownPhonemes;
  private final GraphOpener opener;

  /// @param cutting whether voices are cut into stages
  /// @param configs reads a voice's `*.onnx.json`
  /// @param espeak gives the phonemizer of an eSpeak NG voice name; not closed here
  /// @param fallbackCacheFolder keeps cut models whose own folder cannot be written to
  /// @param level finds [Voice#gainDb] from the calibration sentences
  /// @param unknownPhonemes told how many phonemes of a sentence a voice did not know
  public PiperVoiceLoader(
      InferenceRuntime runtime,
      Accelerators accelerators,
      Cutting cutting,
      Function<Path, PiperConfig> configs,
      Function<String, Phonemizer> espeak,
      Path fallbackCacheFolder,
      LevelCalibration level,
      IntConsumer unknownPhonemes) {
    this.configs = configs;
    this.espeak = espeak;
    this.unknownPhonemes = unknownPhonemes;
    this.opener =
        new GraphOpener(
            runtime, accelerators, cutting, new PartitionCache(fallbackCacheFolder), level);
  }

  @Override
  public Voice load(Voicepack voicepack, Placement placement) {
    VoiceFiles files =
        voicepack
            .files()
            .orElseThrow(() -> failed(voicepack.modelId() + " has no files on disk", null));
    try {
      return load(voicepack, files, placement);
    } catch (WorkerException e) {
      if (e.code() == ErrorCode.INFERENCE_FAILED) {
        throw failed(Printable.shortName(files.model()) + " cannot speak: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private Voice load(Voicepack voicepack, VoiceFiles files, Placement placement) {
    PiperConfig config = configs.apply(files.modelConfig());
    PiperFrontend reader =
        new PiperFrontend(voicepack.modelId(), phonemizer(config), config, unknownPhonemes);
    GraphOpener.Opened opened = opener.open(files, config, reader, placement);
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
    return new PiperVoice(description, config, reader, opened.graphs(), opened.level());
  }

  private Phonemizer phonemizer(PiperConfig config) {
    return switch (config.phonemeType()) {
      case ESPEAK -> espeak.apply(config.espeakVoice());
      case TEXT -> new CodePointPhonemizer();
    };
  }

  private static WorkerException failed(String message, @Nullable Exception cause) {
    return new WorkerException(ErrorCode.MODEL_LOAD_FAILED, message, cause);
  }
}
