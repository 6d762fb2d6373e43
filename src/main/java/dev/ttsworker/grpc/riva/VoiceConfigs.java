package dev.ttsworker.grpc.riva;

import dev.ttsworker.proto.riva.RivaSynthesisConfigResponse;
import dev.ttsworker.proto.riva.RivaSynthesisConfigResponse.Config;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voices.ModelStatus;
import dev.ttsworker.voices.Models;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Synthesis configuration: what clients read of the installed voices. Waits for nothing.
final class VoiceConfigs {
  private static final String ONLY_SPEAKER = "default:0";
  private static final String UNKNOWN = "und";

  private final Models models;

  VoiceConfigs(Models models) {
    this.models = models;
  }

  /// One configuration for each voice.
  ///
  /// @param modelName of the only one; empty for all
  RivaSynthesisConfigResponse of(String modelName) {
    String wanted = ModelIds.normalise(modelName);
    RivaSynthesisConfigResponse.Builder response = RivaSynthesisConfigResponse.newBuilder();
    for (ModelStatus model : models.list()) {
      if (wanted.isEmpty() || wanted.equals(model.voicepack().modelId())) {
        response.addModelConfig(config(model));
      }
    }
    return response.build();
  }

  private static Config config(ModelStatus model) {
    List<String> languages = model.voicepack().languages();
    String id = model.voicepack().modelId();
    return Config.newBuilder()
        .setModelName(id)
        .putParameters("voice_name", id)
        .putParameters("language_code", languages.isEmpty() ? UNKNOWN : languages.getFirst())
        .putParameters("subvoices", subvoices(model.speakers()))
        .putParameters("sample_rate", model.metadata().getOrDefault("sample_rate", ""))
        .build();
  }

  private static String subvoices(Map<String, Integer> speakers) {
    String listed =
        speakers.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .map(speaker -> speaker.getKey() + ":" + speaker.getValue())
            .collect(Collectors.joining(","));
    return listed.isEmpty() ? ONLY_SPEAKER : listed;
  }
}
