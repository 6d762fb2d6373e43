package dev.ttsworker.voices;

import dev.ttsworker.voicepack.Voicepack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Status of all models: every installed voicepack, and those in memory that are no longer
/// installed.
final class StatusList {
  private static final String UNKNOWN = "unknown";

  private final InstalledModels installed;
  private final DefaultVoiceState standing;
  private final Map<String, SlotView> views;

  StatusList(InstalledModels installed, DefaultVoiceState standing, Map<String, SlotView> views) {
    this.installed = installed;
    this.standing = standing;
    this.views = views;
  }

  List<ModelStatus> models() {
    Map<String, Voicepack> voicepacks = new TreeMap<>();
    views.forEach(
        (id, view) -> view.loaded().ifPresent(loaded -> voicepacks.put(id, loaded.voicepack())));
    installed.all().forEach(voicepack -> voicepacks.put(voicepack.modelId(), voicepack));
    List<ModelStatus> models = new ArrayList<>();
    voicepacks.values().forEach(voicepack -> models.add(status(voicepack)));
    return List.copyOf(models);
  }

  private ModelStatus status(Voicepack voicepack) {
    String id = voicepack.modelId();
    SlotView view = views.getOrDefault(id, SlotView.UNLOADED);
    Map<String, String> metadata = new HashMap<>(voicepack.metadata());
    metadata.putIfAbsent("license", UNKNOWN);
    metadata.putIfAbsent("sample_rate", UNKNOWN);
    metadata.put("refcount", Integer.toString(view.referenceCount()));
    metadata.put("idle_seconds", Long.toString(view.idle().toSeconds()));
    metadata.put("device", "none");
    metadata.put("state", state(view));
    view.loaded().ifPresent(loaded -> describe(loaded, metadata));
    List<String> aliases = installed.aliasesOf(id);
    if (!aliases.isEmpty()) {
      metadata.put("aliases", String.join(", ", aliases));
    }
    if (standing instanceof DefaultVoiceState.Speaking speaking
        && speaking.voicepack().modelId().equals(id)) {
      metadata.put("default", "true");
      speaking.fallbackReason().ifPresent(reason -> metadata.put("fallback", reason));
    }
    Map<String, Integer> speakers =
        view.loaded().map(loaded -> loaded.voice().speakers()).orElse(Map.of());
    return new ModelStatus(voicepack, view.loaded().isPresent(), metadata, speakers);
  }

  private static void describe(SlotView.Loaded loaded, Map<String, String> metadata) {
    metadata.put("device", loaded.voice().device());
    metadata.put("sample_rate", Integer.toString(loaded.voice().sampleRateHz()));
    metadata.put(
        "streams_within_sentence", Boolean.toString(loaded.voice().streamsWithinSegment()));
  }

  private static String state(SlotView view) {
    if (view.loaded().isPresent()) {
      return "loaded";
    }
    if (view.loading()) {
      return "loading";
    }
    return view.failure().map(reason -> "failed: " + Messages.brief(reason)).orElse("unloaded");
  }
}
