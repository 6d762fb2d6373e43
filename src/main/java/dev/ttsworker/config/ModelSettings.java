package dev.ttsworker.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// `model_manager.*` and `voicepacks.*`.
///
/// @param timeToLive idle time after which an unreferenced model leaves memory; zero for never
/// @param minResidency time that a loaded model stays at least
/// @param residentCap most models in memory
/// @param aliases model id that is not installed to one that is
/// @param autoInstall whether a missing default voice is installed from the catalogue
/// @param piperMirror address of the collection of Piper voices
public record ModelSettings(
    String defaultModelId,
    String fallbackModelId,
    List<String> preloadModelIds,
    Duration timeToLive,
    Duration minResidency,
    Duration evictCheckInterval,
    int residentCap,
    int maxParallelLoads,
    boolean warmupEnabled,
    String warmupText,
    Path voicepackRoot,
    Map<String, String> aliases,
    boolean autoInstall,
    URI piperMirror) {
  public ModelSettings {
    preloadModelIds = List.copyOf(preloadModelIds);
    aliases = Map.copyOf(aliases);
  }
}
