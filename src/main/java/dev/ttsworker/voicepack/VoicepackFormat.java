package dev.ttsworker.voicepack;

import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Voicepack format of a voice family: which files a voice's folder has, and what they say. Found
/// by [VoicepackFormats]. Thread-safe.
public interface VoicepackFormat {
  /// The family, which is the name of the folder that its voicepacks lie in, such as `piper`.
  String family();

  /// Voices that need no files. A family with such voices has no others.
  default List<Voicepack> builtIn() {
    return List.of();
  }

  /// Reads and checks a voice's folder.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` with the reason
  Contents read(Path folder);

  /// Checks a file that was downloaded without a checksum, by its structure; files whose structure
  /// says nothing are not looked at.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` with the reason
  default void check(Path file) {}

  /// Name of the file that belongs to a model and lies beside it. It is the one file of a voice
  /// that [#check] can check.
  ///
  /// @param model name of the `*.onnx`
  default String configName(String model) {
    return model + ".json";
  }

  /// Ids of the language data ([DataFormat]) that an installed voice cannot speak without.
  default List<String> needs(Voicepack voicepack) {
    return List.of();
  }

  /// What a voice's folder holds.
  ///
  /// @param languages BCP 47 tags, the most specific first, where `metadata.yaml` names none
  /// @param defaults values for ListModels where `metadata.yaml` has none
  /// @param facts values for ListModels, whatever `metadata.yaml` says
  record Contents(
      VoiceFiles files,
      List<String> languages,
      Map<String, String> defaults,
      Map<String, String> facts) {
    public Contents {
      languages = List.copyOf(languages);
      defaults = Map.copyOf(defaults);
      facts = Map.copyOf(facts);
    }
  }
}
