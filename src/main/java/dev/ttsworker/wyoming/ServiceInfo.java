package dev.ttsworker.wyoming;

import dev.ttsworker.voices.ModelStatus;
import dev.ttsworker.voices.Models;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Service information: what clients read of this worker and its voices. Waits for nothing.
final class ServiceInfo {
  private static final String NAME = "tts-worker";
  private static final List<String> OTHER_DOMAINS =
      List.of("asr", "handle", "intent", "wake", "mic", "snd");
  private static final JsonMapper JSON = new JsonMapper();

  private final Models models;
  private final String version;

  /// @param version of this worker
  ServiceInfo(Models models, String version) {
    this.models = models;
    this.version = version;
  }

  /// Data of the event `info`, as of now; the default voice is the first.
  ObjectNode now() {
    ObjectNode info = JSON.createObjectNode();
    OTHER_DOMAINS.forEach(info::putArray);
    ObjectNode service = info.putArray("tts").addObject();
    describe(service, NAME, NAME, "Text to speech while the text comes");
    var _ = service.put("version", version).put("supports_synthesize_streaming", true);
    var voices = service.putArray("voices");
    models.list().stream()
        .sorted(Comparator.comparing(model -> !model.metadata().containsKey("default")))
        .forEach(model -> add(model, voices.addObject()));
    return info;
  }

  private static void add(ModelStatus model, ObjectNode voice) {
    String id = model.voicepack().modelId();
    Map<String, String> metadata = model.metadata();
    describe(
        voice, id, metadata.getOrDefault("source", ""), metadata.getOrDefault("description", id));
    var _ = voice.putNull("version");
    var languages = voice.putArray("languages");
    model.voicepack().languages().forEach(languages::add);
    if (!model.speakers().isEmpty()) {
      var speakers = voice.putArray("speakers");
      model.speakers().entrySet().stream()
          .sorted(Map.Entry.comparingByValue())
          .forEach(speaker -> speakers.addObject().put("name", speaker.getKey()));
    }
  }

  private static void describe(ObjectNode artifact, String name, String from, String description) {
    var _ = artifact.put("name", name).put("description", description).put("installed", true);
    var _ = artifact.putObject("attribution").put("name", from).put("url", "");
  }
}
