package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.voicepack.VoicepackFormat;
import dev.ttsworker.voicepack.VoicepackFormats;
import java.util.List;

/// Voice that can be installed.
///
/// @param needs language data that are installed with it; the same catalogue has them
public record CatalogueVoice(
    CatalogueEntry entry, List<CataloguePart> parts, List<CatalogueData> needs)
    implements CatalogueItem {
  /// A voice's model card: text for people, which is not needed to speak.
  public static final String CARD = "MODEL_CARD";

  public CatalogueVoice {
    parts = List.copyOf(parts);
    needs = List.copyOf(needs);
  }

  /// How its folder is read.
  public VoicepackFormat format() {
    return format(id());
  }

  /// The name of its folder in the family's folder.
  public String folderName() {
    return id().substring(format().family().length() + 1);
  }

  static VoicepackFormat format(String modelId) {
    return VoicepackFormats.onDisk().stream()
        .filter(format -> modelId.startsWith(format.family() + "-"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no format for " + modelId));
  }
}
