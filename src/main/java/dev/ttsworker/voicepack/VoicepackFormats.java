package dev.ttsworker.voicepack;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The voicepack formats of this build, found once by [ServiceLoader].
public final class VoicepackFormats {
  private static final List<VoicepackFormat> ALL =
      ServiceLoader.load(VoicepackFormat.class).stream().map(ServiceLoader.Provider::get).toList();

  private VoicepackFormats() {}

  public static List<VoicepackFormat> all() {
    return ALL;
  }

  /// The format of a family; empty when this build has none.
  public static Optional<VoicepackFormat> find(String family) {
    return ALL.stream().filter(format -> format.family().equals(family)).findFirst();
  }

  /// Ids of the language data that an installed voice needs, as its format says.
  public static List<String> needs(Voicepack voicepack) {
    return find(voicepack.family()).map(format -> format.needs(voicepack)).orElse(List.of());
  }

  /// The formats of voices that lie on disk.
  public static List<VoicepackFormat> onDisk() {
    return ALL.stream().filter(format -> format.builtIn().isEmpty()).toList();
  }

  /// The voices that need no files.
  public static List<Voicepack> builtIn() {
    return ALL.stream().flatMap(format -> format.builtIn().stream()).toList();
  }
}
