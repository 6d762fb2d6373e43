package dev.ttsworker.engine.voice;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.util.Map;
import java.util.TreeSet;

/// Gives each voicepack to the loader of its family.
public final class FamilyVoiceLoader implements VoiceLoader {
  private final Map<String, VoiceLoader> loaders;

  /// @param loaders by family name
  public FamilyVoiceLoader(Map<String, VoiceLoader> loaders) {
    this.loaders = Map.copyOf(loaders);
  }

  @Override
  public Voice load(Voicepack voicepack, Placement placement) {
    VoiceLoader loader = loaders.get(voicepack.family());
    if (loader == null) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          "Voicepack %s is of the family \"%s\"; this worker speaks %s"
              .formatted(voicepack.modelId(), voicepack.family(), new TreeSet<>(loaders.keySet())));
    }
    return loader.load(voicepack, placement);
  }
}
